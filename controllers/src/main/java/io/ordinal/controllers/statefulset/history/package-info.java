/// The past templates of an object, kept as ControllerRevisions.
@NullMarked
package io.ordinal.controllers.statefulset.history;

import org.jspecify.annotations.NullMarked;
