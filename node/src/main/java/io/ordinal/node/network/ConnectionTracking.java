package io.ordinal.node.network;

import io.ordinal.node.machine.Ipv4;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The kernel's connection tracking table (nfnetlink, linux/netfilter/nfnetlink_conntrack.h). A
/// message is a header of 16 bytes, a netfilter header of 4, and attributes: length, type, value,
/// padded to 4.
final class ConnectionTracking implements AutoCloseable {
  private static final int GET_CONNECTION = (1 << 8) | 1;
  private static final int DELETE_CONNECTION = (1 << 8) | 2;
  private static final int NEW_CONNECTION = 1 << 8;
  private static final int ERROR = 2;
  private static final int DONE = 3;
  private static final int REQUEST = 1;
  private static final int ACKNOWLEDGE = 4;
  private static final int DUMP = 0x300;
  private static final int HEADERS = 20;
  private static final int AF_INET = 2;

  private static final int ORIGINAL = 1;
  private static final int REPLY = 2;
  private static final int IP = 1;
  private static final int PROTOCOL = 2;
  private static final int SOURCE = 1;
  private static final int DESTINATION = 2;
  private static final int PROTOCOL_NUMBER = 1;
  private static final int SOURCE_PORT = 2;
  private static final int DESTINATION_PORT = 3;
  private static final int UDP = 17;
  private static final int TYPE_MASK = 0x3fff;

  private final Netlink netlink;

  private ConnectionTracking(Netlink netlink) {
    this.netlink = netlink;
  }

  static ConnectionTracking open() throws IOException {
    return new ConnectionTracking(Netlink.open());
  }

  /// One connection.
  ///
  /// @param frontend where the client knocked
  /// @param backend who answers
  /// @param original the attribute by which the kernel knows it
  record Connection(Frontend frontend, Backend backend, byte[] original) {}

  /// All UDP connections over IPv4.
  List<Connection> udp() throws IOException {
    netlink.send(message(GET_CONNECTION, REQUEST | DUMP, new byte[0]));
    var found = new ArrayList<Connection>();
    while (true) {
      var datagram = netlink.receive();
      while (datagram.remaining() >= HEADERS - 4) {
        var length = datagram.getInt(datagram.position());
        var type = datagram.getShort(datagram.position() + 4);
        if (type == DONE || type == ERROR) {
          return found;
        }
        var message = datagram.slice(datagram.position(), length).order(ByteOrder.nativeOrder());
        if (type == NEW_CONNECTION) {
          connection(message.slice(HEADERS, length - HEADERS).order(ByteOrder.nativeOrder()))
              .ifPresent(found::add);
        }
        datagram.position(Math.min(datagram.limit(), datagram.position() + padded(length)));
      }
    }
  }

  /// Takes one away; that it is gone already is no failure.
  void delete(Connection connection) {
    try {
      netlink.send(
          message(
              DELETE_CONNECTION,
              REQUEST | ACKNOWLEDGE,
              attribute(ORIGINAL, connection.original())));
      netlink.receive();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    netlink.close();
  }

  private static Optional<Connection> connection(ByteBuffer attributes) {
    var all = attributes(attributes);
    var original = all.get(ORIGINAL);
    var reply = all.get(REPLY);
    if (original == null || reply == null) {
      return Optional.empty();
    }
    var there = attributes(original.duplicate());
    var back = attributes(reply.duplicate());
    if (protocol(there) != UDP || !there.containsKey(IP)) {
      return Optional.empty();
    }
    var bytes = new byte[original.remaining()];
    original.duplicate().get(bytes);
    return Optional.of(
        new Connection(
            new Frontend(address(there, DESTINATION), Protocol.UDP, port(there, DESTINATION_PORT)),
            new Backend(address(back, SOURCE), port(back, SOURCE_PORT)),
            bytes));
  }

  private static int protocol(Map<Integer, ByteBuffer> tuple) {
    var number = inside(tuple, PROTOCOL).get(PROTOCOL_NUMBER);
    return number == null ? 0 : number.get(number.position());
  }

  private static Ipv4 address(Map<Integer, ByteBuffer> tuple, int which) {
    var bytes = inside(tuple, IP).get(which);
    return new Ipv4(
        bytes == null || bytes.remaining() < 4
            ? 0
            : bytes.duplicate().order(ByteOrder.BIG_ENDIAN).getInt());
  }

  private static int port(Map<Integer, ByteBuffer> tuple, int which) {
    var bytes = inside(tuple, PROTOCOL).get(which);
    return bytes == null ? 0 : bytes.duplicate().order(ByteOrder.BIG_ENDIAN).getShort() & 0xffff;
  }

  private static Map<Integer, ByteBuffer> inside(Map<Integer, ByteBuffer> tuple, int which) {
    var bytes = tuple.get(which);
    return bytes == null ? Map.of() : attributes(bytes.duplicate().order(ByteOrder.nativeOrder()));
  }

  private static Map<Integer, ByteBuffer> attributes(ByteBuffer bytes) {
    var all = new HashMap<Integer, ByteBuffer>();
    var in = bytes.order(ByteOrder.nativeOrder());
    while (in.remaining() >= 4) {
      var length = in.getShort(in.position()) & 0xffff;
      var type = in.getShort(in.position() + 2) & TYPE_MASK;
      if (length < 4 || length > in.remaining()) {
        return all;
      }
      all.put(type, in.slice(in.position() + 4, length - 4).order(ByteOrder.nativeOrder()));
      in.position(Math.min(in.limit(), in.position() + padded(length)));
    }
    return all;
  }

  private static byte[] message(int type, int flags, byte[] attributes) {
    var length = HEADERS + attributes.length;
    var out = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
    out.putInt(length).putShort((short) type).putShort((short) flags).putInt(1).putInt(0);
    out.put((byte) AF_INET).put((byte) 0).putShort((short) 0).put(attributes);
    return out.array();
  }

  private static byte[] attribute(int type, byte[] value) {
    var nested = 0x8000;
    var out = ByteBuffer.allocate(padded(4 + value.length)).order(ByteOrder.nativeOrder());
    out.putShort((short) (4 + value.length)).putShort((short) (type | nested)).put(value);
    return out.array();
  }

  private static int padded(int length) {
    return (length + 3) & ~3;
  }
}
