package io.ordinal.platform.members;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.kube.Writer;
import io.ordinal.platform.business.PolicyStatus;
import io.ordinal.platform.business.Project;
import io.ordinal.platform.business.ProjectPolicyBinding;
import io.ordinal.platform.clusters.Member;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the platform writes into the bindings of businesses themselves: their status, the last
/// owner who must stay, and the users who are no more.
final class OwnBindings {

  /// On a business, where only administrators can write it: it may be without an owner.
  static final String WITHOUT_OWNER = "business.tkestack.io/without-owner";

  private static final Logger LOG = LoggerFactory.getLogger(OwnBindings.class);

  private static final Set<Integer> CHANGED =
      Set.of(HttpURLConnection.HTTP_CONFLICT, HttpURLConnection.HTTP_NOT_FOUND);
  private static final int MOST_TRIES = 5;

  private final KubernetesClient hub;
  private final Writer writer;
  private final Register register;
  private final Set<String> forgotten = ConcurrentHashMap.newKeySet();

  OwnBindings(KubernetesClient hub, Register register) {
    this.hub = hub;
    this.writer = new Writer(hub);
    this.register = register;
  }

  /// Gives a business that has lost its last owner that owner back: only administrators may leave
  /// one without, and say so on the business. Who the last was, his role in the hub still tells.
  boolean keepOwner(String project) {
    var business = register.project(project);
    if (business.isEmpty() || mayBeWithoutOwner(business.get())) return false;
    if (register.roster(project).hasOwner()) return false;
    var last = lastOwners(project);
    // What was said on the business a moment ago may be on its way here still.
    if (last.isEmpty() || mayBeWithoutOwnerNow(project)) return false;
    LOG.info("{}: its last owner is gone, and comes back", project);
    var metadata = new ObjectMetaBuilder().withGenerateName("owner-");
    writer.create(
        ProjectPolicyBinding.ofOwners(
            project, metadata, names(last, "User"), names(last, "Group")));
    return true;
  }

  private static boolean mayBeWithoutOwner(Project project) {
    var annotations = project.getMetadata().getAnnotations();
    return project.getMetadata().getDeletionTimestamp() != null
        || (annotations != null && Roles.TRUE.equals(annotations.get(WITHOUT_OWNER)));
  }

  private boolean mayBeWithoutOwnerNow(String project) {
    var now = hub.resources(Project.class).withName(project).get();
    return now == null || mayBeWithoutOwner(now);
  }

  private List<Subject> lastOwners(String project) {
    var binding = hub.rbac().roleBindings().inNamespace(project).withName(Roles.HUB_OWNER).get();
    if (binding == null || !Roles.isOurs(binding, Member.HUB)) return List.of();
    return binding.getSubjects().stream()
        .filter(each -> !(each.getKind().equals("User") && forgotten.contains(each.getName())))
        .toList();
  }

  private static List<String> names(List<Subject> subjects, String kind) {
    return subjects.stream()
        .filter(each -> each.getKind().equals(kind))
        .map(Subject::getName)
        .toList();
  }

  /// Writes what has become of the bindings of a business.
  ///
  /// @param problem why what they say is not in force everywhere
  void say(String project, Optional<String> problem) {
    var verdicts = register.roster(project).verdicts();
    for (var binding : register.businesses().bindingsOf(project)) {
      var verdict = verdicts.getOrDefault(binding.name(), Roster.IN_FORCE);
      var status = problem.map(why -> waiting(verdict, why)).orElse(verdict);
      if (!status.equals(binding.getStatus())) write(binding, status);
    }
  }

  private static PolicyStatus waiting(PolicyStatus verdict, String why) {
    return verdict.equals(Roster.IN_FORCE)
        ? new PolicyStatus("Pending", "NotEverywhere", why)
        : verdict;
  }

  /// One that is gone, or another one by now, needs none.
  private void write(ProjectPolicyBinding binding, PolicyStatus status) {
    var fields =
        Map.of("phase", status.phase(), "reason", status.reason(), "message", status.message());
    try {
      writer.mergeStatus(binding, fields);
    } catch (KubernetesClientException e) {
      if (!CHANGED.contains(e.getCode())) throw e;
    }
  }

  /// Takes a user out of every binding.
  void forget(String user) {
    forgotten.add(user);
    for (var binding : register.businesses().bindings().list()) {
      remove(user, binding);
    }
  }

  /// Only if nobody has changed it since it was read; if somebody has, it is read again.
  private void remove(String user, ProjectPolicyBinding known) {
    @Nullable ProjectPolicyBinding binding = known;
    for (int tries = 1; binding != null && binding.getSpec().users().contains(user); tries++) {
      try {
        removeNow(user, binding);
        return;
      } catch (KubernetesClientException e) {
        if (!CHANGED.contains(e.getCode()) || tries == MOST_TRIES) throw e;
        binding =
            hub.resources(ProjectPolicyBinding.class)
                .inNamespace(known.project())
                .withName(known.name())
                .get();
      }
    }
  }

  private void removeNow(String user, ProjectPolicyBinding binding) {
    var left = binding.getSpec().users().stream().filter(each -> !each.equals(user)).toList();
    writer.merge(binding, Map.of("spec", Map.of("users", left)));
  }
}
