package io.ordinal.server;

import java.util.List;

/// What the API server answers.
public sealed interface ApiResponse {
  /// The HTTP status code; 101 for an upgrade.
  int status();

  /// The headers of the answer, `Content-Type` among them.
  Headers headers();

  /// A complete body, in pieces so that a list reuses the stored bytes without copying them.
  record Whole(int status, Headers headers, List<byte[]> body) implements ApiResponse {
    /// All pieces in one array.
    public byte[] bytes() {
      var length = 0;
      for (var piece : body) {
        length += piece.length;
      }
      var all = new byte[length];
      var at = 0;
      for (var piece : body) {
        System.arraycopy(piece, 0, all, at, piece.length);
        at += piece.length;
      }
      return all;
    }
  }

  /// A body without a foreseeable end (watch, log): pulled by whoever serves the connection, who
  /// also closes the frames.
  record Streamed(int status, Headers headers, Frames frames) implements ApiResponse {}

  /// A call that was allowed and whose options are valid; the transport starts it once it has
  /// agreed on a protocol with the client.
  record Upgrade(Headers headers, StreamCall call) implements ApiResponse {
    @Override
    public int status() {
      return 101;
    }
  }
}
