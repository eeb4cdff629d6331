package io.ordinal.node.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// A connection to a port of a pod.
public interface PodConnection extends AutoCloseable {

  /// What the pod sends.
  InputStream input();

  /// What the pod receives; closing it ends this direction only.
  OutputStream output();

  /// Waits until it is known why the connection ended: "" when nothing went wrong, else a sentence
  /// for the user.
  String failure() throws IOException;

  @Override
  void close();
}
