package io.ordinal.server.http;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Jetty's three ends of one request.
record Exchange(Request request, Response response, Callback callback) {}
