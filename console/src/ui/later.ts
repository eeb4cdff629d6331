import { lazy, type ComponentType } from "react";

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

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as React's own lazy has it: of any properties
export const later = <T extends ComponentType<any>>(load: () => Promise<{ default: T }>) => lazy(() => insist(load));
