import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { can, type Question } from "./access";
import { discover } from "./discovery";
import { LiveList, type LiveOptions, type LiveState } from "./live";
import { collectionPath, query, type Place } from "./path";
import { asStatus, type StatusError } from "./request";
import type { KubeObject, Resource } from "./types";
import { whenIdle } from "./idle";

const lives = new Map<string, LiveList<KubeObject>>();

function liveList<T extends KubeObject>(place: Place, options: LiveOptions): LiveList<T> {
  const path = collectionPath(place);
  const key = query(path, { ...options });
  let live = lives.get(key);
  if (!live) {
    live = new LiveList(path, options, () => lives.delete(key));
    lives.set(key, live);
  }
  return live as unknown as LiveList<T>;
}

/** The lists that somebody looks at: whether one of them lost its connection is what the quiet bar shows. */
export const openLists = (): Iterable<LiveList<KubeObject>> => lives.values();

const nothing: LiveState<never> = { items: [], columns: [], loading: true, error: undefined, stale: false };
const never = () => () => {};

/** A list that follows the cluster. Without a place: loading for ever, so that a page need not ask twice. */
export function useList<T extends KubeObject>(place: Place | undefined, options: LiveOptions = {}): LiveState<T> {
  const key = place ? query(collectionPath(place), { ...options }) : "";
  // The key says all that place and options say.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const live = useMemo(() => (place ? liveList<T>(place, options) : undefined), [key]);
  return useSyncExternalStore<LiveState<T>>(live?.subscribe ?? never, live?.snapshot ?? (() => nothing));
}

interface ObjectState<T> {
  object: T | undefined;
  loading: boolean;
  error: StatusError | undefined;
}

/** One object that follows the cluster; undefined and not loading: it does not exist. */
export function useObject<T extends KubeObject>(place: Place | undefined, name: string | undefined): ObjectState<T> {
  const { items, loading, error } = useList<T>(name ? place : undefined, {
    fieldSelector: `metadata.name=${name ?? ""}`,
  });
  return { object: items[0], loading, error };
}

/** Undefined until the cluster has answered, and without a question. */
export function useCan(cluster: string, question: Question | undefined): boolean | undefined {
  const [answer, setAnswer] = useState<{ key: string; allowed: boolean }>();
  const key = JSON.stringify([cluster, question]);
  useEffect(() => {
    let alive = true;
    const [c, q] = JSON.parse(key) as [string, Question | null];
    if (!q) return;
    const ask = () =>
      void can(c, q)
        // Who cannot be asked does not forbid: the cluster still decides when it comes to it.
        .catch(() => true)
        .then((allowed) => alive && setAnswer({ key, allowed }));
    // What is shown comes first: until there is an answer nothing is held back.
    whenIdle(() => alive && ask());
    // Rights change while somebody reads; whoever comes back to the page wants to know.
    addEventListener("focus", ask);
    return () => {
      alive = false;
      removeEventListener("focus", ask);
    };
  }, [key]);
  return answer?.key === key ? answer.allowed : undefined;
}

export function useResources(cluster: string | undefined): readonly Resource[] | undefined {
  const { value } = useAsync(() => (cluster ? discover(cluster) : Promise.resolve(undefined)), cluster ?? "");
  return value;
}

interface Async<T> {
  value: T | undefined;
  error: StatusError | undefined;
  reload: () => void;
}

/** The answer to a question that no watch follows, asked anew when the key changes or on demand. */
export function useAsync<T>(ask: () => Promise<T>, key: string): Async<T> {
  const [round, setRound] = useState(0);
  const [state, setState] = useState<{ value?: T; error?: StatusError }>({});
  const asking = useRef(ask);
  useEffect(() => {
    asking.current = ask;
  });
  useEffect(() => {
    let alive = true;
    asking.current().then(
      (value) => alive && setState({ value }),
      (e: unknown) => alive && setState({ error: asStatus(e) }),
    );
    return () => {
      alive = false;
    };
  }, [key, round]);
  const reload = useCallback(() => setRound((n) => n + 1), []);
  return { value: state.value, error: state.error, reload };
}

export interface Action<A extends unknown[]> {
  run: (...args: A) => Promise<boolean>;
  busy: boolean;
  error: StatusError | undefined;
}

/** Something that a user starts with a button, which is off while it is busy; its error is kept to be shown beside it. */
export function useAction<A extends unknown[]>(act: (...args: A) => Promise<unknown>): Action<A> {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<StatusError>();
  const run = async (...args: A) => {
    setBusy(true);
    setError(undefined);
    try {
      await act(...args);
      return true;
    } catch (e) {
      setError(asStatus(e));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { run, busy, error };
}
