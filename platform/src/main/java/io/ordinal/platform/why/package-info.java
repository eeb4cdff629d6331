/// Answers "why is it not ready?" in one sentence, from the objects of any cluster as they are.
@NullMarked
package io.ordinal.platform.why;

import org.jspecify.annotations.NullMarked;
