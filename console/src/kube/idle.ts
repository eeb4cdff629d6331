/** Does something that nobody waits for when the page has nothing else to do. Not every browser says when that is. */
export function whenIdle(act: () => void): void {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(act, { timeout: 2000 });
  else setTimeout(act, 200);
}
