package io.ordinal.cluster.nodes;

import io.ordinal.server.PodConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// A connection that an agent has opened, as the API server streams it.
record AgentConnection(io.ordinal.node.runtime.PodConnection connection) implements PodConnection {

  @Override
  public InputStream input() {
    return connection.input();
  }

  @Override
  public OutputStream output() {
    return connection.output();
  }

  @Override
  public String failure() throws IOException {
    return connection.failure();
  }

  @Override
  public void close() {
    connection.close();
  }
}
