package io.ordinal.testing;

import static io.ordinal.platform.why.facts.Cause.*;

import io.ordinal.platform.why.facts.Cause;
import java.time.Duration;
import java.util.List;

/// Faults of images, containers, probes, volumes and networks, in the words that nodes have for
/// them.
final class FaultsOfContainers {

  private FaultsOfContainers() {}

  static List<Fault> all() {
    return List.of(
        Fault.of("the image does not exist", IMAGE_NOT_FOUND).image("registry.example/web:missing"),
        Fault.of("the image needs credentials", IMAGE_DENIED).image("registry.example/web:denied"),
        Fault.of("the registry has no address", REGISTRY_UNREACHABLE)
            .image("registry.example/web:unreachable"),
        Fault.of("the pull secret does not exist", PULL_SECRET_MISSING)
            .image("registry.example/web:denied")
            .pod("imagePullSecrets: [{name: nobody}]"),
        Fault.of("the image must not be pulled", IMAGE_NEVER_PULLED)
            .container("imagePullPolicy: Never"),
        Fault.of("the image's name has capitals", IMAGE_NAME_INVALID).image("Registry/Web:1"),
        config("configmap \"settings\" not found", CONFIG_MAP_MISSING),
        config("secret \"password\" not found", SECRET_MISSING),
        config("couldn't find key user in ConfigMap default/settings", KEY_MISSING),
        config("couldn't find key token in Secret default/password", KEY_MISSING),
        config(
            "container has runAsNonRoot and image will run as root (pod: \"web-0\")", RUNS_AS_ROOT),
        config("failed to create subPath directory for volumeMount \"data\"", SUBPATH_FAILED),
        config("host IP unknown; known addresses: []", CONTAINER_CONFIG),
        mount("configmap \"settings\" not found", CONFIG_MAP_MISSING),
        mount("secret \"password\" not found", SECRET_MISSING),
        mount("configmap references non-existent config key: a.conf", VOLUME_KEY_MISSING),
        mount("hostPath type check failed: /data is not a directory", HOST_PATH),
        mount("mount failed: exit status 32, mount.nfs: Connection timed out", NFS_FAILED),
        mount("wrong fs type, bad option, bad superblock on /dev/sdb", VOLUME_FAILED),
        mount("driver name csi.x not found in the list of registered CSI drivers", CSI_MISSING),
        Fault.of("the disk is attached elsewhere", VOLUME_IN_USE)
            .simulated(
                "trouble",
                "FailedAttachVolume: Multi-Attach error for volume \"pvc-1\" Volume is already"
                    + " exclusively attached to one node and can't be attached to another"),
        sandbox(
            "plugin type=\"bridge\" name=\"net\" failed (add): no IP addresses left", POD_NETWORK),
        sandbox("no runtime for \"gvisor\" is configured", RUNTIME_CLASS),
        sandbox("failed to create containerd task: no such device", SANDBOX_FAILED),
        start("exec: \"srv\": executable file not found in $PATH: unknown", COMMAND_NOT_FOUND),
        start("exec: \"/srv\": permission denied: unknown", COMMAND_NOT_EXECUTABLE),
        start("chdir to cwd (\"/srv\") set in config.json failed: not there", WORKING_DIRECTORY),
        start("exec /srv: exec format error", WRONG_ARCHITECTURE),
        start("error mounting \"a\" to rootfs at \"/b\": not a directory", MOUNT_NOT_DIRECTORY),
        start("cgroup: no such device", CONTAINER_START_FAILED),
        Fault.of("neither image nor pod has a command", NO_COMMAND)
            .simulated("trouble", "CreateContainerError: no command specified"),
        exit("1 after 1s", "panic: no table users", CRASH_LOOP_SAID),
        exit("1 after 1s", "", CRASH_LOOP),
        exit("127", "sh: srv: not there", EXIT_NOT_FOUND),
        exit("126", "", EXIT_NOT_EXECUTABLE),
        exit("0 after 1s", "", ENDS_AT_ONCE),
        exit("139 after 1s", "", CRASHED_BY_SIGNAL),
        exit("137 after 1s", "", KILLED_BY_SIGNAL),
        exit("1 after 1s", "open /var/lib/data: permission denied", PERMISSION_DENIED),
        exit("1 after 1s", "listen tcp :80: bind: address already in use", PORT_IN_USE),
        exit("1 after 1s", "write /data/wal: no space left on device", DISK_FULL),
        exit("1 after 1s", "mkdir /var/cache: Read-only file system", READ_ONLY_ROOT)
            .container("securityContext: {readOnlyRootFilesystem: true}"),
        exit("137 after 1s", "", OUT_OF_MEMORY)
            .simulated("exit-reason", "OOMKilled")
            .container("resources: {limits: {memory: 64Mi}}"),
        exit("137 after 1s", "", OUT_OF_NODE_MEMORY).simulated("exit-reason", "OOMKilled"),
        probe("readinessProbe", READINESS_FAILS),
        probe("startupProbe", STARTUP_FAILS).within(Duration.ofSeconds(4)),
        probe("startupProbe", STARTUP_FAILED),
        probe("livenessProbe", LIVENESS_FAILED),
        late("readinessProbe", READINESS_WAITS),
        late("startupProbe", STARTUP_WAITS),
        Fault.of("the container takes its time to start", POD_STARTS)
            .simulated("start-delay", "1h"),
        Fault.of("the postStart hook fails", POST_START_FAILED)
            .simulated("ready", "never")
            .container("lifecycle: {postStart: {exec: {command: [wait-for-it]}}}"),
        Fault.of("an init container fails", CRASH_LOOP_SAID)
            .pod("initContainers: [{name: setup, image: registry.example/setup}]")
            .simulated("exit.setup", "1 after 1s")
            .simulated("says.setup", "no database"),
        Fault.of("an init container waits", INIT_RUNS)
            .pod("initContainers: [{name: setup, image: registry.example/setup}]")
            .simulated("exit.setup", "0 after 2h"),
        Fault.of("a gate is closed", READINESS_GATE)
            .pod("readinessGates: [{conditionType: example.com/warm}]"));
  }

  private static Fault config(String said, Cause cause) {
    return Fault.of(said, cause).simulated("trouble", "CreateContainerConfigError: " + said);
  }

  private static Fault mount(String said, Cause cause) {
    var words = "MountVolume.SetUp failed for volume \"conf\" : " + said;
    return Fault.of(words, cause).simulated("trouble", "FailedMount: " + words);
  }

  private static Fault sandbox(String said, Cause cause) {
    return Fault.of(said, cause).simulated("trouble", "FailedCreatePodSandBox: " + said);
  }

  private static Fault start(String said, Cause cause) {
    var words = "failed to create containerd task: runc create failed: " + said;
    return Fault.of(said, cause).simulated("trouble", "RunContainerError: " + words);
  }

  private static Fault exit(String code, String said, Cause cause) {
    var fault = Fault.of("exit %s, %s".formatted(code, said), cause).simulated("exit", code);
    return said.isEmpty() ? fault : fault.simulated("says", said);
  }

  private static Fault probe(String probe, Cause cause) {
    return Fault.of("the " + probe + " fails", cause)
        .simulated("ready", "never")
        .container(probe + ": {tcpSocket: {port: 80}, periodSeconds: 2}");
  }

  private static Fault late(String probe, Cause cause) {
    return Fault.of("the " + probe + " has not been asked yet", cause)
        .container(probe + ": {tcpSocket: {port: 80}, initialDelaySeconds: 600}");
  }
}
