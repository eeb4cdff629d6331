import { keyOf } from "./path";
import type { KubeList, KubeObject, Status } from "./types";

export type WatchEvent<T extends KubeObject> =
  | { type: "ADDED" | "MODIFIED" | "DELETED"; object: T }
  | { type: "BOOKMARK"; object: { metadata: { resourceVersion: string } } }
  | { type: "ERROR"; object: Status };

/**
 * What the events of one moment make of a list, in one pass over it. Untouched objects stay the same values. An ERROR changes
 * nothing: it ends the watch.
 */
export function applyEvents<T extends KubeObject>(list: KubeList<T>, events: readonly WatchEvent<T>[]): KubeList<T> {
  let resourceVersion = list.resourceVersion;
  const changed = new Map<string, T | undefined>();
  for (const event of events) {
    switch (event.type) {
      case "BOOKMARK":
        resourceVersion = event.object.metadata.resourceVersion;
        break;
      case "DELETED":
        changed.set(keyOf(event.object), undefined);
        resourceVersion = event.object.metadata.resourceVersion ?? resourceVersion;
        break;
      case "ADDED":
      case "MODIFIED":
        changed.set(keyOf(event.object), event.object);
        resourceVersion = event.object.metadata.resourceVersion ?? resourceVersion;
        break;
      case "ERROR":
        break;
    }
  }
  if (changed.size === 0) return resourceVersion === list.resourceVersion ? list : { ...list, resourceVersion };
  return { resourceVersion, items: folded(list.items, changed) };
}

function folded<T extends KubeObject>(items: readonly T[], changed: Map<string, T | undefined>): T[] {
  const result: T[] = [];
  for (const item of items) {
    const key = keyOf(item);
    if (!changed.has(key)) result.push(item);
    else {
      const newer = changed.get(key);
      if (newer) result.push(newer);
      changed.delete(key);
    }
  }
  for (const added of changed.values()) if (added) result.push(added);
  return result;
}

/** A fresh list laid over an old one: objects that did not change keep their identity, so nothing is drawn anew. */
export function merged<T extends KubeObject>(old: KubeList<T>, fresh: KubeList<T>): KubeList<T> {
  const before = new Map(old.items.map((item) => [keyOf(item), item]));
  const items = fresh.items.map((item) => {
    const known = before.get(keyOf(item));
    const same =
      known?.metadata.resourceVersion !== undefined && known.metadata.resourceVersion === item.metadata.resourceVersion;
    return same ? known : item;
  });
  return { ...fresh, items };
}

/** The lines of a streamed body. */
export async function* lines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const parts = rest.split("\n");
      rest = done ? "" : (parts.pop() ?? "");
      for (const part of parts) if (part !== "") yield part;
      if (done) return;
    }
  } finally {
    // The consumer left, or the connection broke: either way nobody reads on.
    reader.cancel().catch(() => undefined);
  }
}
