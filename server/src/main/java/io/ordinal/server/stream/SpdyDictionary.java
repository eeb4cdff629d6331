package io.ordinal.server.stream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The words with which every header compression of SPDY/3 starts (draft-mbelshe-httpbis-spdy-00,
/// section 2.6.10.1). Its Adler-32 is 0xe3c6a7c2.
final class SpdyDictionary {
  private static final List<String> WORDS =
      List.of(
          ("options head post put delete trace accept accept-charset accept-encoding"
                  + " accept-language accept-ranges age allow authorization cache-control"
                  + " connection content-base content-encoding content-language content-length"
                  + " content-location content-md5 content-range content-type date etag expect"
                  + " expires from host if-match if-modified-since if-none-match if-range"
                  + " if-unmodified-since last-modified location max-forwards pragma"
                  + " proxy-authenticate proxy-authorization range referer retry-after server te"
                  + " trailer transfer-encoding upgrade user-agent vary via warning"
                  + " www-authenticate method get status")
              .split(" ", -1));

  private static final List<String> REST =
      List.of(
          "200 OK", "version", "HTTP/1.1", "url", "public", "set-cookie", "keep-alive", "origin");

  private static final String TAIL =
      "100101201202205206300302303304305306307402405406407408409410411412413414415416417502504505"
          + "203 Non-Authoritative Information204 No Content301 Moved Permanently400 Bad Request"
          + "401 Unauthorized403 Forbidden404 Not Found500 Internal Server Error"
          + "501 Not Implemented503 Service Unavailable"
          + "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec 00:00:00"
          + " Mon, Tue, Wed, Thu, Fri, Sat, Sun, GMT"
          + "chunked,text/html,image/png,image/jpg,image/gif,application/xml,"
          + "application/xhtml+xml,text/plain,text/javascript,public"
          + "privatemax-age=gzip,deflate,sdchcharset=utf-8charset=iso-8859-1,utf-,*,enq=0.";

  private SpdyDictionary() {}

  /// A fresh copy.
  static byte[] bytes() {
    var out = new ByteArrayOutputStream(1500);
    WORDS.forEach(word -> append(out, word));
    REST.forEach(word -> append(out, word));
    out.writeBytes(TAIL.getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  private static void append(ByteArrayOutputStream out, String word) {
    out.writeBytes(new byte[] {0, 0, 0, (byte) word.length()});
    out.writeBytes(word.getBytes(StandardCharsets.US_ASCII));
  }
}
