package io.ordinal.server.http;

import io.ordinal.server.Status;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// Says with a Status what went wrong before a request reached the API server, or beside it.
final class StatusErrors extends ErrorHandler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.write(true, ByteBuffer.wrap(status(response.getStatus()).json()), callback);
    return true;
  }

  private static Status status(int code) {
    var message = String.valueOf(HttpStatus.getMessage(code));
    return Status.failure(code, message.replace(" ", ""), message);
  }
}
