package io.ordinal.http;

import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The end of a server.
public final class Stop {
  private static final Logger LOG = LoggerFactory.getLogger(Stop.class);

  private Stop() {}

  /// Lets requests in flight finish as long as the server's patience says, and closes connections.
  public static void now(Server server) {
    try {
      server.stop();
    } catch (TimeoutException e) {
      // It has stopped all the same: who had not ended by then was cut off.
      LOG.debug("connections were cut off", e);
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP server does not stop", e);
    }
  }
}
