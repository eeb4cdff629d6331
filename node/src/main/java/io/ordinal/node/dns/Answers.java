package io.ordinal.node.dns;

import io.ordinal.node.dns.ServiceNames.Entry;
import io.ordinal.node.machine.Cidr;
import io.ordinal.node.machine.Ipv4;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// From a question to its answer: our own names at once, others from outside. No sockets here but
/// behind [Outside].
final class Answers {
  /// Peers of a StatefulSet poll for each other: what they heard must not hold long, least of all a
  /// no.
  private static final long TTL = 5;

  /// The largest answer by UDP, small enough for every network (DNS flag day 2020).
  static final int LARGEST_DATAGRAM = 1232;

  private static final int LONGEST_CHAIN = 8;

  private final Zone zone;
  private final List<Cidr> ours;
  private final Outside outside;
  private final RandomGenerator random;

  /// @param ours the ranges whose addresses only we can name
  Answers(Zone zone, List<Cidr> ours, Outside outside, RandomGenerator random) {
    this.zone = zone;
    this.ours = List.copyOf(ours);
    this.outside = outside;
    this.random = random;
  }

  /// Who knows the names that are not ours.
  interface Outside {
    /// The answer to a question, with the question's own id.
    ///
    /// @throws IOException when nobody answers
    byte[] ask(byte[] question, boolean byTcp) throws IOException;
  }

  /// Whether a question can be answered without waiting for anybody; a broken one can.
  boolean isImmediate(byte[] question) {
    try {
      var asked = new Message(question).getQuestion();
      return asked == null || (isOurs(asked) && !leadsOutside(text(asked.getName())));
    } catch (IOException e) {
      return true;
    }
  }

  private boolean leadsOutside(String name) {
    var alias = zone.holds(name) ? zone.find(name).map(Entry::alias).orElse("") : "";
    return !alias.isEmpty() && !zone.holds(alias);
  }

  /// The answer to a question; none to what is no question at all.
  Optional<byte[]> answer(byte[] question, boolean byTcp) {
    try {
      return Optional.of(answer(new Message(question), question, byTcp));
    } catch (IOException e) {
      return question.length < 12 ? Optional.empty() : Optional.of(formatError(question));
    }
  }

  private byte[] answer(Message question, byte[] bytes, boolean byTcp) {
    var asked = question.getQuestion();
    var opt = question.getOPT();
    if (question.getHeader().getOpcode() != Opcode.QUERY) {
      return wire(reply(question, Rcode.NOTIMP), opt, byTcp);
    }
    if (asked == null) {
      return wire(reply(question, Rcode.FORMERR), opt, byTcp);
    }
    if (opt != null && opt.getVersion() > 0) {
      return wire(reply(question, Rcode.BADVERS), opt, byTcp);
    }
    if (!isOurs(asked)) {
      return forwarded(question, bytes, byTcp);
    }
    var reply = reply(question, Rcode.NOERROR);
    reply.getHeader().setFlag(Flags.AA);
    fill(reply, asked, byTcp);
    return wire(reply, opt, byTcp);
  }

  private boolean isOurs(Record asked) {
    var name = text(asked.getName());
    return zone.holds(name) || reversed(name).filter(this::isOurs).isPresent();
  }

  private boolean isOurs(Ipv4 address) {
    return ours.stream().anyMatch(range -> range.contains(address));
  }

  private void fill(Message reply, Record asked, boolean byTcp) {
    var name = text(asked.getName());
    var address = reversed(name);
    if (address.isPresent()) {
      var hosts = zone.namesOf(address.get());
      if (asked.getType() == Type.PTR || asked.getType() == Type.ANY) {
        hosts.forEach(host ->
            reply.addRecord(
                new PTRRecord(asked.getName(), DClass.IN, TTL, name(host)), Section.ANSWER));
      }
      finish(reply, !hosts.isEmpty());
      return;
    }
    follow(reply, asked, byTcp);
  }

  /// Answers for a name of ours, and for the names that it is an alias of.
  private void follow(Message reply, Record asked, boolean byTcp) {
    var owner = asked.getName();
    var entry = zone.find(text(owner));
    var exists = entry.isPresent();
    for (var i = 0; i < LONGEST_CHAIN && entry.isPresent() && !entry.get().alias().isEmpty(); i++) {
      var alias = name(entry.get().alias());
      reply.addRecord(new CNAMERecord(owner, DClass.IN, TTL, alias), Section.ANSWER);
      if (asked.getType() == Type.CNAME) {
        return;
      }
      owner = alias;
      if (!zone.holds(text(alias))) {
        addFromOutside(reply, alias, asked.getType(), byTcp);
        return;
      }
      entry = zone.find(text(alias));
    }
    var found = entry;
    var end = owner;
    found.ifPresent(each ->
        records(end, each, asked.getType())
            .forEach(record -> reply.addRecord(record, Section.ANSWER)));
    found
        .filter(_ -> asked.getType() == Type.SRV)
        .ifPresent(each -> addTargetAddresses(reply, each));
    finish(reply, exists);
  }

  private List<Record> records(Name owner, Entry entry, int type) {
    var all = new ArrayList<Record>();
    if (type == Type.A || type == Type.ANY) {
      entry
          .addresses()
          .forEach(address -> all.add(new ARecord(owner, DClass.IN, TTL, address.toInetAddress())));
    }
    if (type == Type.SRV || type == Type.ANY) {
      var weight = Math.max(1, 100 / Math.max(1, entry.targets().size()));
      entry
          .targets()
          .forEach(target ->
              all.add(
                  new SRVRecord(
                      owner, DClass.IN, TTL, 0, weight, target.port(), name(target.host()))));
    }
    if (type == Type.TXT || type == Type.ANY) {
      zone.textsOf(text(owner))
          .forEach(words -> all.add(new TXTRecord(owner, DClass.IN, TTL, words)));
    }
    if (text(owner).equals(zone.domain()) && (type == Type.SOA || type == Type.ANY)) {
      all.add(authority());
    }
    if (text(owner).equals(zone.domain()) && (type == Type.NS || type == Type.ANY)) {
      all.add(new NSRecord(owner, DClass.IN, TTL, name("ns.dns." + zone.domain())));
    }
    Collections.shuffle(all, java.util.Random.from(random));
    return all;
  }

  private void addTargetAddresses(Message reply, Entry entry) {
    var done = new HashSet<String>();
    for (var target : entry.targets()) {
      if (done.add(target.host())) {
        zone.find(target.host())
            .ifPresent(host ->
                records(name(target.host()), host, Type.A)
                    .forEach(record -> reply.addRecord(record, Section.ADDITIONAL)));
      }
    }
  }

  /// A resolver in a pod follows no alias by itself: its end is part of the answer.
  private void addFromOutside(Message reply, Name alias, int type, boolean byTcp) {
    try {
      var question = Message.newQuery(Record.newRecord(alias, type, DClass.IN));
      var answer = new Message(outside.ask(question.toWire(), byTcp));
      answer.getSection(Section.ANSWER).forEach(record -> reply.addRecord(record, Section.ANSWER));
    } catch (IOException e) {
      reply.getHeader().setRcode(Rcode.SERVFAIL);
    }
  }

  private byte[] forwarded(Message question, byte[] bytes, boolean byTcp) {
    try {
      return outside.ask(bytes, byTcp);
    } catch (IOException e) {
      return wire(reply(question, Rcode.SERVFAIL), question.getOPT(), byTcp);
    }
  }

  private void finish(Message reply, boolean exists) {
    if (reply.getSection(Section.ANSWER).isEmpty()) {
      reply.getHeader().setRcode(exists ? Rcode.NOERROR : Rcode.NXDOMAIN);
      reply.addRecord(authority(), Section.AUTHORITY);
    }
  }

  private SOARecord authority() {
    var domain = zone.domain();
    return new SOARecord(
        name(domain),
        DClass.IN,
        TTL,
        name("ns.dns." + domain),
        name("hostmaster." + domain),
        1,
        7200,
        1800,
        86_400,
        TTL);
  }

  private static Message reply(Message question, int code) {
    var reply = new Message(question.getHeader().getID());
    reply.getHeader().setFlag(Flags.QR);
    reply.getHeader().setFlag(Flags.RA);
    reply.getHeader().setOpcode(question.getHeader().getOpcode());
    if (question.getHeader().getFlag(Flags.RD)) {
      reply.getHeader().setFlag(Flags.RD);
    }
    reply.getHeader().setRcode(code & 0xf);
    if (question.getQuestion() != null) {
      reply.addRecord(question.getQuestion(), Section.QUESTION);
    }
    if (question.getOPT() != null) {
      reply.addRecord(new OPTRecord(LARGEST_DATAGRAM, code >> 4, 0), Section.ADDITIONAL);
    }
    return reply;
  }

  private static byte[] wire(
      Message reply, @org.jspecify.annotations.Nullable OPTRecord opt, boolean byTcp) {
    if (byTcp) {
      return reply.toWire(Message.MAXLENGTH);
    }
    var wanted = opt == null ? 512 : Math.max(512, opt.getPayloadSize());
    return reply.toWire(Math.min(wanted, LARGEST_DATAGRAM));
  }

  /// Twelve bytes that say "I could not read that", with the question's id.
  private static byte[] formatError(byte[] question) {
    var reply = new byte[12];
    reply[0] = question[0];
    reply[1] = question[1];
    reply[2] = (byte) 0x80;
    reply[3] = (byte) Rcode.FORMERR;
    return reply;
  }

  /// The address that a name below `in-addr.arpa` stands for.
  private static Optional<Ipv4> reversed(String name) {
    var end = ".in-addr.arpa";
    if (!name.endsWith(end)) {
      return Optional.empty();
    }
    var labels = List.of(name.substring(0, name.length() - end.length()).split("\\.", -1));
    return Ipv4.find(String.join(".", labels.reversed()));
  }

  private static String text(Name name) {
    return name.toString(true).toLowerCase(Locale.ROOT);
  }

  private static Name name(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException e) {
      throw new IllegalStateException("Kubernetes lets no such name through: " + text, e);
    }
  }
}
