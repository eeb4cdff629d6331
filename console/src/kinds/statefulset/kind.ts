import { known } from "../../kube/path";
import type { Claim, Pod, Service, StatefulSet } from "../../kube/types";
import { isReady, ordinalOf } from "../../parts/pods";

export const resource = known.statefulsets;
export const id = "statefulsets.apps";

export const wanted = (set: StatefulSet) => set.spec.replicas ?? 1;
export const ready = (set: StatefulSet) => set.status?.readyReplicas ?? 0;
const firstOrdinal = (set: StatefulSet) => set.spec.ordinals?.start ?? 0;
export const partition = (set: StatefulSet) => set.spec.updateStrategy?.rollingUpdate?.partition ?? 0;
const isOnDelete = (set: StatefulSet) => set.spec.updateStrategy?.type === "OnDelete";

export type SetState = "Ready" | "Updating" | "Progressing" | "Stopped";

export function stateOf(set: StatefulSet): SetState {
  if (wanted(set) === 0 && (set.status?.replicas ?? 0) === 0) return "Stopped";
  if (ready(set) < wanted(set) || (set.status?.replicas ?? 0) !== wanted(set)) return "Progressing";
  const { currentRevision, updateRevision } = set.status ?? {};
  const whole = partition(set) === 0 && !isOnDelete(set);
  return whole && currentRevision !== updateRevision ? "Updating" : "Ready";
}

/** Pods that the set itself owns: labels alone may fit the pods of others. */
export const podsOf = (set: StatefulSet, pods: readonly Pod[]) =>
  pods
    .filter((pod) => pod.metadata.ownerReferences?.some((owner) => owner.uid === set.metadata.uid))
    .sort((a, b) => ordinalOf(a.metadata.name) - ordinalOf(b.metadata.name));

export type OrdinalState = "new" | "newWaiting" | "old" | "held" | "oldWaiting" | "missing" | "surplus";

export interface Ordinal {
  ordinal: number;
  state: OrdinalState;
  pod: Pod | undefined;
}

/** One rollout as people think of it: which ordinal has the new revision, which still waits, which the partition holds back. */
export function rollout(set: StatefulSet, pods: readonly Pod[]): Ordinal[] {
  const first = firstOrdinal(set);
  const byOrdinal = new Map(pods.map((pod) => [ordinalOf(pod.metadata.name), pod]));
  const wantedOrdinals = Array.from({ length: wanted(set) }, (_, i) => first + i);
  const surplus = [...byOrdinal.keys()].filter((n) => n < first || n >= first + wanted(set));
  return [...wantedOrdinals, ...surplus.sort((a, b) => a - b)].map((ordinal) => {
    const pod = byOrdinal.get(ordinal);
    return { ordinal, pod, state: surplus.includes(ordinal) ? "surplus" : ordinalState(set, ordinal, pod) };
  });
}

function ordinalState(set: StatefulSet, ordinal: number, pod: Pod | undefined): OrdinalState {
  if (!pod) return "missing";
  const updated = pod.metadata.labels?.["controller-revision-hash"] === set.status?.updateRevision;
  if (updated) return isReady(pod) ? "new" : "newWaiting";
  if (isOnDelete(set) || ordinal < partition(set)) return isReady(pod) ? "held" : "oldWaiting";
  return isReady(pod) ? "old" : "oldWaiting";
}

export const isRolling = (ordinals: readonly Ordinal[]) =>
  ordinals.some(({ state }) => !["new", "held"].includes(state));

/** Claims that the templates of this set made: `{template}-{set}-{ordinal}`. */
export function claimPattern(set: StatefulSet): RegExp {
  const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const templates = (set.spec.volumeClaimTemplates ?? []).map((c) => escaped(c.metadata.name));
  return templates.length === 0 ? /^$/ : new RegExp(`^(${templates.join("|")})-${escaped(set.metadata.name)}-\\d+$`);
}

const near = (set: StatefulSet, other: Claim | Service) => set.metadata.namespace === other.metadata.namespace;

export const isClaimOf = (set: StatefulSet, claim: Claim) =>
  near(set, claim) && claimPattern(set).test(claim.metadata.name);

/** By its name: the Services that the form makes, and the one that governs the pods' names. */
export const isServiceOf = (set: StatefulSet, service: Service) =>
  near(set, service) &&
  [set.metadata.name, `${set.metadata.name}-headless`, set.spec.serviceName].includes(service.metadata.name);
