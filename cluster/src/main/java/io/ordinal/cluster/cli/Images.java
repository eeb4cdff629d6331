package io.ordinal.cluster.cli;

import io.ordinal.cluster.DataFolder;
import io.ordinal.cluster.Timing;
import io.ordinal.cluster.UserError;
import io.ordinal.cluster.nodes.ContainerNodes;
import io.ordinal.node.cri.CriRuntime;
import io.ordinal.node.images.ImageStore;
import io.ordinal.node.machine.Footprint;
import io.ordinal.node.runtime.ContainerStatus;
import io.ordinal.node.runtime.Image;
import io.ordinal.node.runtime.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.ParseResult;

/// `ordinal image`: images that were put on this machine on purpose count as pulled, also for
/// policy Always.
final class Images {

  private final Terminal terminal;

  Images(Terminal terminal) {
    this.terminal = terminal;
  }

  int run(ParseResult call) {
    List<String> words = call.commandSpec().positionalParameters().getFirst().getValue();
    var data = new DataFolder(Options.dataOf(call));
    try {
      return switch (words.getFirst()) {
        case "load" -> load(storeOf(data), Path.of(argument(words)));
        case "list" -> list(storeOf(data));
        case "remove" -> remove(data, argument(words));
        default ->
            throw new UserError(
                "image " + words.getFirst() + ": must be load FILE, list, or remove NAME");
      };
    } catch (IOException e) {
      throw new UserError(UserError.MACHINE, String.valueOf(e.getMessage()));
    }
  }

  private static String argument(List<String> words) {
    if (words.size() != 2) {
      throw new UserError("image " + words.getFirst() + " needs one argument, a file or a name");
    }
    return words.get(1);
  }

  private static ImageStore storeOf(DataFolder data) {
    if (data.runner().isEmpty()) {
      throw new UserError(
          UserError.CLUSTER, "no cluster runs on " + data.path() + ": start it with ./ordinal up");
    }
    return ContainerNodes.images(data.path(), Timing.real());
  }

  private int load(ImageStore images, Path archive) throws IOException {
    if (!Files.isReadable(archive)) {
      throw new UserError(
          archive + " cannot be read: an archive as `docker save` or `skopeo` writes it is wanted");
    }
    images.load(archive).forEach(name -> terminal.say("loaded %s", name));
    return 0;
  }

  private int list(ImageStore images) {
    images
        .list()
        .forEach(
            image -> terminal.say("%-50s %s  %s", image.name(), image.since(), image.origin()));
    return 0;
  }

  private int remove(DataFolder data, String name) throws IOException {
    var images = storeOf(data);
    refuseIfUsed(data, name);
    if (!images.remove(name)) {
      throw new UserError(name + " was not put on this machine by hand: ./ordinal image list");
    }
    terminal.say("removed %s", name);
    return 0;
  }

  /// A container whose image is gone runs on, but could not be started again.
  private static void refuseIfUsed(DataFolder data, String name) {
    try (var runtime = CriRuntime.at(Footprint.of(data.path()).containerdSocket())) {
      var image = runtime.image(name);
      if (image.isEmpty()) return;
      runtime.containers(Map.of()).stream()
          .filter(container -> container.running() && isOf(image.get(), container))
          .findFirst()
          .ifPresent(container -> {
            var labels = container.labels();
            throw new UserError(
                "%s is in use by pod %s/%s: nothing was removed; delete the pods first"
                    .formatted(
                        name,
                        labels.getOrDefault(Labels.POD_NAMESPACE, "?"),
                        labels.getOrDefault(Labels.POD_NAME, "?")));
          });
    }
  }

  private static boolean isOf(Image image, ContainerStatus container) {
    return Stream.concat(
            Stream.of(image.id()), Stream.concat(image.tags().stream(), image.digests().stream()))
        .anyMatch(name -> name.equals(container.imageId()) || name.equals(container.image()));
  }
}
