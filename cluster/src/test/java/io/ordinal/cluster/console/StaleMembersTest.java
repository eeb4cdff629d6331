package io.ordinal.cluster.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.kube.Informers;
import io.ordinal.kube.ShortAnswer;
import io.ordinal.platform.business.Businesses;
import io.ordinal.platform.members.Members;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Members on old news of their businesses: the watch is late.
@Timeout(120)
class StaleMembersTest {

  @TempDir Path folder;

  @Test
  void aUserIsForgottenInABindingThatHasChangedMeanwhile() throws Exception {
    try (var world = new World(folder)) {
      new Neighbours(world)
          .bind("prj-a", "kits", "project-member", List.of("kit", "zoe"), List.of());
      var informers = new Informers(world.kube, world::now, new Random(1));
      var businesses = new Businesses(informers);
      var members =
          new Members(
              businesses,
              world.kube,
              _ -> Optional.of(world.kube),
              new Members.Setting(world::now, new Random(1), _ -> {}));
      world.await(() -> {
        informers.step();
        return businesses.synced();
      });
      var path = Neighbours.BINDINGS.formatted("prj-a") + "/kits";
      ShortAnswer.merge(
          world.kube, path.substring(1), "{\"metadata\":{\"annotations\":{\"changed\":\"now\"}}}");
      members.forget("kit");
      assertThat(world.kube.raw(path)).contains("\"users\":[\"zoe\"]");
      members.close();
      businesses.close();
    }
  }
}
