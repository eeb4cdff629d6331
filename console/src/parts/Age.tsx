import { useSyncExternalStore } from "react";
import { age, moment } from "./words";

let ticks = 0;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/** One clock for all ages in sight. */
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  timer ??= setInterval(() => {
    ticks++;
    for (const each of listeners) each();
  }, 10_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
};

/** How long ago, counted on while it is looked at. */
export function Age({ since }: { since: string | null | undefined }) {
  useSyncExternalStore(subscribe, () => ticks);
  return <span title={moment(since)}>{age(since)}</span>;
}
