/// Objects for tests, written as YAML.
@NullMarked
package io.ordinal.controllers.manifests;

import org.jspecify.annotations.NullMarked;
