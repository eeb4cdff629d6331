package io.ordinal.node.probe;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.HTTPHeader;
import io.ordinal.node.probe.Prober.Answer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// GET by hand, one request per connection: probes may set any header, trust any certificate, and
/// read little.
///
/// 200 to 399 is good. A redirect within the host is followed, one elsewhere is good as it is.
public final class HttpProbe {
  private static final int MOST_REDIRECTS = 10;

  private HttpProbe() {}

  /// Asks once; `host` is used unless the action names one.
  public static Answer get(
      HTTPGetAction action, Container container, String host, Duration timeout) {
    var scheme = action.getScheme() == null ? "http" : action.getScheme().toLowerCase(Locale.ROOT);
    var port = Ports.number(action.getPort(), container);
    var path = action.getPath() == null || action.getPath().isEmpty() ? "/" : action.getPath();
    var from = scheme + "://" + host + ":" + port;
    try {
      return follow(
          new URI(from + (path.startsWith("/") ? path : "/" + path)), headers(action), timeout);
    } catch (URISyntaxException e) {
      return Answer.bad("invalid path: " + path);
    }
  }

  private static Map<String, String> headers(HTTPGetAction action) {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    headers.put("User-Agent", "kube-probe/1.36");
    headers.put("Accept", "*/*");
    for (HTTPHeader header : action.getHttpHeaders()) {
      headers.put(header.getName(), header.getValue());
    }
    return headers;
  }

  private static Answer follow(URI first, Map<String, String> headers, Duration timeout) {
    var uri = first;
    for (int i = 0; i < MOST_REDIRECTS; i++) {
      try {
        var reply = Reply.of(uri, headers, (int) Math.max(1, timeout.toMillis()));
        if (reply.status() < 200 || reply.status() >= 400) {
          return Answer.bad("HTTP probe failed with statuscode: " + reply.status());
        }
        if (reply.status() < 300 || reply.location().isEmpty()) {
          return Answer.of(true, reply.body());
        }
        var next = uri.resolve(reply.location());
        if (!uri.getHost().equals(next.getHost())) {
          return Answer.of(true, "Probe terminated redirects");
        }
        uri = next;
      } catch (SocketTimeoutException e) {
        return Answer.bad(
            "Get \"%s\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)"
                .formatted(uri));
      } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
        return Answer.bad(
            "Get \"%s\": dial tcp %s: %s".formatted(uri, uri.getAuthority(), words(e)));
      }
    }
    return Answer.bad("Get \"%s\": stopped after 10 redirects".formatted(first));
  }

  private static String words(Exception e) {
    var message = e.getMessage();
    return "connect: " + (message == null ? e.toString() : message.toLowerCase(Locale.ROOT));
  }

  private record Reply(int status, String location, String body) {

    static Reply of(URI uri, Map<String, String> headers, int millis)
        throws IOException, GeneralSecurityException {
      try (var socket = connect(uri, millis)) {
        socket.setSoTimeout(millis);
        socket.getOutputStream().write(request(uri, headers).getBytes(StandardCharsets.UTF_8));
        return parse(new String(HttpReply.read(socket.getInputStream()), StandardCharsets.UTF_8));
      }
    }

    private static Socket connect(URI uri, int millis)
        throws IOException, GeneralSecurityException {
      var socket = new Socket();
      int port = uri.getPort() > 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
      socket.connect(new InetSocketAddress(uri.getHost(), port), millis);
      if (!uri.getScheme().equals("https")) {
        return socket;
      }
      socket.setSoTimeout(millis);
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustAnyone()}, null);
      return context.getSocketFactory().createSocket(socket, uri.getHost(), port, true);
    }

    private static String request(URI uri, Map<String, String> headers) {
      var all = new LinkedHashMap<>(headers);
      all.putIfAbsent("Host", uri.getAuthority());
      all.put("Connection", "close");
      var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      var text = new StringBuilder("GET " + uri.getRawPath() + query + " HTTP/1.1\r\n");
      all.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
      return text.append("\r\n").toString();
    }

    private static Reply parse(String text) throws IOException {
      int end = text.indexOf("\r\n\r\n");
      var head = end < 0 ? text : text.substring(0, end);
      var lines = head.split("\r\n", -1);
      var status = lines[0].split(" ", 3);
      if (status.length < 2 || !status[0].startsWith("HTTP/")) {
        throw new IOException("malformed HTTP response \"" + lines[0] + "\"");
      }
      var location = "";
      for (var line : lines) {
        if (line.regionMatches(true, 0, "location:", 0, 9)) location = line.substring(9).strip();
      }
      return new Reply(
          Integer.parseInt(status[1]), location, end < 0 ? "" : text.substring(end + 4));
    }
  }
}
