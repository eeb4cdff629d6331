package io.ordinal.node.images;

import io.ordinal.node.machine.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The images that Ordinal makes of the machine's static busybox, for use without any registry.
public final class MachineImages {
  /// The sandbox image: holds a pod's namespaces open. Its shell does nothing but wait, and so
  /// reaps the orphans of a pod that shares its process namespace; the runtime ends it by SIGKILL,
  /// people by SIGTERM.
  public static final String PAUSE = "localhost/ordinal/pause:1";

  /// The demo's image: named as the guide names it, and saying everywhere that it is not what it
  /// stands for.
  public static final String NGINX = "docker.io/library/nginx:latest";

  /// The same under another tag, so that an update and its undo can be tried without a registry.
  public static final String NGINX_STABLE = "docker.io/library/nginx:stable";

  private static final String SAYS =
      "busybox httpd standing in for nginx, made on this machine by Ordinal";

  private static final String WAIT =
      """
      trap 'kill $!; exit 0' TERM INT
      while :; do sleep 2147483647 & wait $!; done
      """;

  private static final String SERVE =
      """
      #!/bin/sh
      # %s. Arguments are ignored.
      trap 'kill $!; exit 0' TERM QUIT INT
      echo "%s"
      busybox httpd -f -v -p 80 -h /usr/share/nginx/html 2>&1 &
      wait $!
      """
          .formatted(SAYS, SAYS);

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html><head><title>Welcome</title></head>
      <body><h1>It works.</h1><p>This is %s.</p></body></html>
      """
          .formatted(SAYS);

  private final byte[] tools;

  private MachineImages(byte[] tools) {
    this.tools = tools;
  }

  /// Made of the machine's busybox, which must be a static one.
  ///
  /// @throws IOException with what to do, when there is none
  public static MachineImages of(Path busybox) throws IOException {
    var program = Files.readAllBytes(busybox);
    if (StaticProgram.needsLibraries(program)) {
      throw new IOException(
          busybox + " is not a static program; on Debian: apt-get install busybox-static");
    }
    var applets =
        Command.of(busybox.toString(), "--list")
            .must("")
            .lines()
            .filter(name -> !name.equals("busybox"))
            .toList();
    return new MachineImages(tools(program, applets));
  }

  /// The pause image alone.
  byte[] pause() {
    return OciImage.archive(
        List.of(
            new OciImage(
                PAUSE,
                List.of(tools),
                List.of("/bin/sh", "-c", WAIT),
                "SIGTERM",
                Map.of("io.ordinal.made", "pause"))),
        architecture());
  }

  /// The stand-in for the guide's nginx, under both of its names.
  byte[] nginx() {
    var pages =
        new Tar()
            .folder("usr/share/nginx", 0755)
            .folder("usr/share/nginx/html", 0755)
            .file("usr/share/nginx/html/index.html", 0644, PAGE)
            .file("usr/sbin/nginx", 0755, SERVE)
            .bytes();
    return OciImage.archive(
        Stream.of(NGINX, NGINX_STABLE).map(name -> nginx(name, pages)).toList(), architecture());
  }

  private OciImage nginx(String name, byte[] pages) {
    return new OciImage(
        name,
        List.of(tools, pages),
        List.of("nginx", "-g", "daemon off;"),
        "SIGQUIT",
        Map.of("io.ordinal.made", SAYS));
  }

  private static byte[] tools(byte[] program, List<String> applets) {
    var tar = new Tar();
    for (var folder :
        List.of(
            "bin",
            "etc",
            "proc",
            "root",
            "run",
            "sys",
            "dev",
            "usr",
            "usr/bin",
            "usr/sbin",
            "usr/share",
            "var")) {
      tar.folder(folder, 0755);
    }
    tar.folder("tmp", 01777);
    tar.file("bin/busybox", 0755, program);
    applets.forEach(applet -> tar.link("bin/" + applet, "busybox"));
    tar.file(
        "etc/passwd",
        0644,
        "root:x:0:0:root:/root:/bin/sh\nnginx:x:101:101::/:/bin/false\nnobody:x:65534:65534::/:/bin/false\n");
    tar.file("etc/group", 0644, "root:x:0:\nnginx:x:101:\nnogroup:x:65534:\n");
    return tar.bytes();
  }

  /// As OCI names it.
  private static String architecture() {
    var name = System.getProperty("os.arch", "");
    return switch (name) {
      case "aarch64" -> "arm64";
      case "x86_64" -> "amd64";
      default -> name;
    };
  }
}
