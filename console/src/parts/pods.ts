import type { ContainerStatus, Pod } from "../kube/types";

/** The words of `kubectl get pods` for a pod: the same rules in the same order, so that both always say the same. */
export function podWord(pod: Pod): string {
  const status = pod.status ?? {};
  let word = status.reason || status.phase || "Pending";
  const inits = status.initContainerStatuses ?? [];
  let initializing = false;
  for (const [i, container] of inits.entries()) {
    const sidecar = pod.spec.initContainers?.find((c) => c.name === container.name)?.restartPolicy === "Always";
    const { terminated, waiting } = container.state ?? {};
    if (terminated?.exitCode === 0 || (sidecar && container.started)) continue;
    if (terminated) word = `Init:${terminated.reason || exitWord(terminated)}`;
    else if (waiting?.reason && waiting.reason !== "PodInitializing") word = `Init:${waiting.reason}`;
    else word = `Init:${i}/${pod.spec.initContainers?.length ?? inits.length}`;
    initializing = true;
    break;
  }
  const initialized = status.conditions?.some((c) => c.type === "Initialized" && c.status === "True");
  if (!initializing || initialized) {
    let running = false;
    for (const { state, ready } of [...(status.containerStatuses ?? [])].reverse()) {
      if (state?.waiting?.reason) word = state.waiting.reason;
      else if (state?.terminated) word = state.terminated.reason || exitWord(state.terminated);
      else if (ready && state?.running) running = true;
    }
    if (word === "Completed" && running) word = isReady(pod) ? "Running" : "NotReady";
  }
  if (pod.metadata.deletionTimestamp) return status.reason === "NodeLost" ? "Unknown" : "Terminating";
  return word;
}

const exitWord = (t: { exitCode: number; signal?: number }) =>
  t.signal ? `Signal:${t.signal}` : `ExitCode:${t.exitCode}`;

export const isReady = (pod: Pod) =>
  pod.status?.conditions?.some((c) => c.type === "Ready" && c.status === "True") ?? false;

export function readyCount(pod: Pod): string {
  const statuses = pod.status?.containerStatuses ?? [];
  return `${statuses.filter((s) => s.ready).length}/${pod.spec.containers.length}`;
}

export const restarts = (pod: Pod) =>
  (pod.status?.containerStatuses ?? []).reduce((sum, s) => sum + (s.restartCount ?? 0), 0);

export function podTone(pod: Pod): "good" | "warn" | "bad" | "quiet" {
  const word = podWord(pod);
  if (word === "Running") return isReady(pod) ? "good" : "warn";
  if (["Completed", "Succeeded"].includes(word)) return "quiet";
  if (["Pending", "ContainerCreating", "PodInitializing", "Terminating"].includes(word) || /^Init:\d/.test(word))
    return "warn";
  return "bad";
}

/** What keeps a pod from being ready, in the cluster's own words, the most telling first. */
export function podReason(pod: Pod): string {
  const all = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  for (const { name, state, lastState } of all) {
    if (state?.waiting?.message) return `${name}: ${state.waiting.message}`;
    if (state?.terminated && state.terminated.exitCode !== 0)
      return `${name}: ${state.terminated.message || exitWord(state.terminated)}`;
    if (state?.waiting?.reason === "CrashLoopBackOff" && lastState?.terminated)
      return `${name}: ${exitWord(lastState.terminated)}`;
  }
  const conditions = pod.status?.conditions ?? [];
  return conditions.find((c) => c.status === "False" && c.message)?.message ?? pod.status?.message ?? "";
}

export function containerWord(status: ContainerStatus | undefined): string {
  const state = status?.state;
  if (state?.running) return "Running";
  if (state?.terminated) return `Terminated: ${state.terminated.reason || exitWord(state.terminated)}`;
  return `Waiting: ${state?.waiting?.reason ?? "-"}`;
}

export const ordinalOf = (name: string) => Number(/-(\d+)$/.exec(name)?.[1] ?? -1);
