package io.ordinal.node.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNameTest {
  @ParameterizedTest
  @CsvSource({
    "nginx, docker.io/library/nginx:latest",
    "nginx:1.25, docker.io/library/nginx:1.25",
    "bitnami/redis, docker.io/bitnami/redis:latest",
    "docker.io/nginx, docker.io/library/nginx:latest",
    "localhost/mine:2, localhost/mine:2",
    "registry:5000/a/b, registry:5000/a/b:latest",
    "registry.k8s.io/pause:3.9, registry.k8s.io/pause:3.9",
    "nginx@sha256:ab, docker.io/library/nginx@sha256:ab",
    "nginx:1@sha256:ab, docker.io/library/nginx:1@sha256:ab",
  })
  void fillsInWhatPeopleLeaveOut(String written, String full) {
    assertThat(ImageName.parse(written)).hasToString(full);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Nginx", "nginx:", "a b"})
  void refusesWhatIsNoReference(String written) {
    assertThatThrownBy(() -> ImageName.parse(written))
        .hasMessageContaining("invalid reference format");
    assertThat(ImageName.find(written)).isEmpty();
  }

  @Test
  void theFullNameReadsAsItself() {
    var full = ImageName.parse("nginx").toString();
    assertThat(ImageName.parse(full)).hasToString(full);
  }
}
