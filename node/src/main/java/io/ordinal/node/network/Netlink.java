package io.ordinal.node.network;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A netlink socket to the kernel's netfilter. The JDK has no such sockets, so libc is called: that
/// needs no program on the machine and no library of ours.
final class Netlink implements AutoCloseable {
  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
  private static final int NETLINK_NETFILTER = 12;
  private static final int LARGEST = 1 << 16;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle SOCKET =
      function(
          "socket",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT));
  private static final MethodHandle SEND = function("send", transfer());
  private static final MethodHandle RECEIVE = function("recv", transfer());
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private final int socket;
  private final MemorySegment buffer;

  private Netlink(int socket) {
    this.socket = socket;
    this.buffer = Arena.ofAuto().allocate(LARGEST, 8);
  }

  static Netlink open() throws IOException {
    return new Netlink(
        (int)
            checked(
                "socket",
                call(() ->
                    (long)
                        (int)
                            SOCKET.invokeExact(AF_NETLINK, SOCK_RAW_CLOEXEC, NETLINK_NETFILTER))));
  }

  void send(byte[] message) throws IOException {
    buffer.asSlice(0, message.length).copyFrom(MemorySegment.ofArray(message));
    checked("send", call(() -> (long) SEND.invokeExact(socket, buffer, (long) message.length, 0)));
  }

  /// The next datagram: one or more messages.
  ByteBuffer receive() throws IOException {
    var length =
        checked("recv", call(() -> (long) RECEIVE.invokeExact(socket, buffer, (long) LARGEST, 0)));
    var copy = new byte[(int) length];
    MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, copy, 0, copy.length);
    return ByteBuffer.wrap(copy).order(ByteOrder.nativeOrder());
  }

  @Override
  public void close() {
    call(() -> (long) (int) CLOSE.invokeExact(socket));
  }

  private static long checked(String what, long answer) throws IOException {
    if (answer < 0) {
      throw new IOException(
          "netlink: " + what + " failed; connection tracking may be missing in this kernel");
    }
    return answer;
  }

  private interface Call {

    long run() throws Throwable;
  }

  private static long call(Call call) {
    try {
      return call.run();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("functions of libc throw nothing", e);
    }
  }

  private static FunctionDescriptor transfer() {
    return FunctionDescriptor.of(
        ValueLayout.JAVA_LONG,
        ValueLayout.JAVA_INT,
        ValueLayout.ADDRESS,
        ValueLayout.JAVA_LONG,
        ValueLayout.JAVA_INT);
  }

  @SuppressWarnings("restricted") // calling libc is what this class is for
  private static MethodHandle function(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor);
  }
}
