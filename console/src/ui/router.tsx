import { useSyncExternalStore, type AnchorHTMLAttributes, type MouseEvent } from "react";

/** Where the console is, in the address bar and nowhere else. */
const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const tell = () => listeners.forEach((listener) => listener());
if (typeof window !== "undefined") window.addEventListener("popstate", tell);

/** Asked before a page with unsaved work is left. */
let guard: (() => boolean) | undefined;
export const setLeaveGuard = (ask: (() => boolean) | undefined) => {
  guard = ask;
};

export function navigate(to: string, options: { replace?: boolean } = {}): void {
  if (to === location.pathname + location.search) return;
  const samePage = to.split("?")[0] === location.pathname;
  if (!samePage && guard && !guard()) return;
  if (!samePage) guard = undefined;
  if (options.replace) history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  tell();
}

/** Goes there by loading the console anew: nothing that was cached for one user is left for the next. */
export function leaveFor(to: string): void {
  guard = undefined;
  location.assign(to);
}

export const usePath = () => useSyncExternalStore(subscribe, () => location.pathname);

export function useQuery(): URLSearchParams {
  return new URLSearchParams(useSyncExternalStore(subscribe, () => location.search));
}

/** The same page with other parameters; an empty one goes away. */
export function withQuery(change: Record<string, string>): string {
  const parameters = new URLSearchParams(location.search);
  for (const [key, value] of Object.entries(change)) {
    if (value === "") parameters.delete(key);
    else parameters.set(key, value);
  }
  const text = parameters.toString();
  return text ? `${location.pathname}?${text}` : location.pathname;
}

export function Link({ to, onClick, ...rest }: { to: string } & AnchorHTMLAttributes<HTMLAnchorElement>) {
  const go = (e: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(e);
    if (e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
    e.preventDefault();
    navigate(to);
  };
  return <a href={to} onClick={go} {...rest} />;
}

export type Parameters = Readonly<Record<string, string>>;

/** `/b/:business` against an address: its parameters, or nothing when it does not fit. */
export function match(pattern: string, path: string): Parameters | undefined {
  const wanted = pattern.split("/");
  const given = path.replace(/\/$/, "").split("/");
  if (wanted.length !== given.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const value = given[i] ?? "";
    if (part.startsWith(":")) parameters[part.slice(1)] = decodeURIComponent(value);
    else if (part !== value) return undefined;
  }
  return parameters;
}
