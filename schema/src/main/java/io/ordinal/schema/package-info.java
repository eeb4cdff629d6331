/// The Kubernetes types as data, and what follows from them: strict decoding, patches, OpenAPI.
@NullMarked
package io.ordinal.schema;

import org.jspecify.annotations.NullMarked;
