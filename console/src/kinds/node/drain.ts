import { asStatus } from "../../kube/request";
import { keyOf } from "../../kube/path";
import type { Pod } from "../../kube/types";

/** What a drain leaves where it is: pods that would be back at once, that no API can move, or that are over. */
export const stays = (pod: Pod): boolean =>
  (pod.metadata.ownerReferences?.some((o) => o.kind === "DaemonSet") ?? false) ||
  pod.metadata.annotations?.["kubernetes.io/config.mirror"] !== undefined ||
  ["Succeeded", "Failed"].includes(pod.status?.phase ?? "");

/** What is lost when the pod goes: the pod itself, which nobody makes again, or what it wrote into a temporary directory. */
export type Loss = "unmanaged" | "emptyDir";

export function lossesOf(pod: Pod): Loss[] {
  const losses: Loss[] = [];
  if (!pod.metadata.ownerReferences?.some((o) => o.controller)) losses.push("unmanaged");
  if (pod.spec.volumes?.some((v) => "emptyDir" in v)) losses.push("emptyDir");
  return losses;
}

/** The pods that go, when these losses are taken. */
export const toEvict = (pods: readonly Pod[], taken: ReadonlySet<Loss>): Pod[] =>
  pods.filter((pod) => !stays(pod) && lossesOf(pod).every((loss) => taken.has(loss)));

/** What has become of one pod's eviction; refused: a disruption budget says not yet. */
export type Eviction = { is: "waiting" } | { is: "evicted" } | { is: "refused" | "failed"; said: string };

interface Doors {
  evict: (pod: Pod) => Promise<unknown>;
  say: (key: string, eviction: Eviction) => void;
  goesOn: () => boolean;
  /** Between two rounds, so that budgets have time to change their mind. */
  pause: () => Promise<unknown>;
}

/** Evicts in turn, and asks again for those that were refused for now, until none is left or nobody wants it any longer. */
export async function evictAll(pods: readonly Pod[], { evict, say, goesOn, pause }: Doors): Promise<void> {
  let left = pods;
  while (left.length > 0 && goesOn()) {
    const again: Pod[] = [];
    for (const pod of left) {
      if (!goesOn()) return;
      const eviction = await attempt(() => evict(pod));
      say(keyOf(pod), eviction);
      if (eviction.is === "refused") again.push(pod);
    }
    left = again;
    if (left.length > 0) await pause();
  }
}

async function attempt(evict: () => Promise<unknown>): Promise<Eviction> {
  try {
    await evict();
    return { is: "evicted" };
  } catch (e) {
    const { code, message } = asStatus(e);
    // Gone before it was asked to go.
    if (code === 404) return { is: "evicted" };
    return { is: code === 429 ? "refused" : "failed", said: message };
  }
}
