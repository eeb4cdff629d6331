/// How selectors, quantities and tolerations are read: rules that several controllers share.
@NullMarked
package io.ordinal.controllers.select;

import org.jspecify.annotations.NullMarked;
