/// Table answers: what `kubectl get` prints, made by the server.
@NullMarked
package io.ordinal.server.table;

import org.jspecify.annotations.NullMarked;
