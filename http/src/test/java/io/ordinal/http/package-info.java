@NullMarked
package io.ordinal.http;

import org.jspecify.annotations.NullMarked;
