/// Tells who answers for a Service: EndpointSlices, and the older Endpoints beside them.
@NullMarked
package io.ordinal.controllers.endpoints;

import org.jspecify.annotations.NullMarked;
