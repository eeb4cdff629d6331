/// Says in the status of quotas what is used of them.
@NullMarked
package io.ordinal.controllers.quota;

import org.jspecify.annotations.NullMarked;
