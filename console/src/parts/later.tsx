import { useEffect, useState, type ReactNode } from "react";
import { Loading } from "./Problem";

/**
 * Loads what is needed only later, and insists on it: a browser drops every connection when an interface of its machine comes or
 * goes, as with each pod that starts beside it.
 */
export async function insist<T>(load: () => Promise<T>, pauses: readonly number[] = [100, 400, 1500]): Promise<T> {
  for (const pause of pauses) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return load();
}

type Part<P> = (props: P) => ReactNode;

/** A part of the console whose script comes when it is first shown, or ahead of that. */
export type Later<P> = Part<P> & {
  /** Loads it now, to be there when somebody wants it. */
  ahead: () => Promise<unknown>;
};

/** Not React's `lazy`: that keeps what it shows meanwhile for 300 ms, also when the script is there after 20. */
export function later<P extends object>(
  load: () => Promise<{ default: Part<P> }>,
  meanwhile: ReactNode = <Loading />,
): Later<P> {
  let loaded: Part<P> | undefined;
  const ahead = async () => (loaded ??= (await insist(load)).default);
  function Late(props: P) {
    const [Loaded, setLoaded] = useState(() => loaded);
    const [error, setError] = useState<Error>();
    useEffect(() => {
      if (Loaded) return;
      let alive = true;
      ahead().then(
        (part) => alive && setLoaded(() => part),
        (e: unknown) => alive && setError(e instanceof Error ? e : new Error(String(e))),
      );
      return () => {
        alive = false;
      };
    }, [Loaded]);
    if (error) throw error;
    return Loaded ? <Loaded {...props} /> : meanwhile;
  }
  return Object.assign(Late, { ahead });
}
