import { useEffect, useRef } from "react";

const pause = 3000;

/** Acts when the user comes back to the window or goes to another page (the key), but not again and again within a moment. */
export function useReturn(act: () => Promise<unknown> | void, key = ""): void {
  const latest = useRef(act);
  const last = useRef({ time: 0, key });
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const come = () => {
      if (document.visibilityState !== "visible" || Date.now() - last.current.time < pause) return;
      last.current.time = Date.now();
      // What is shown stays when nobody answers; the page's own questions say so.
      Promise.resolve(latest.current()).catch(() => undefined);
    };
    if (last.current.time === 0) last.current.time = Date.now();
    else if (last.current.key !== key) come();
    last.current.key = key;
    addEventListener("focus", come);
    document.addEventListener("visibilitychange", come);
    return () => {
      removeEventListener("focus", come);
      document.removeEventListener("visibilitychange", come);
    };
  }, [key]);
}
