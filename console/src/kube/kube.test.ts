import { describe, expect, it } from "vitest";
import { backoff } from "./live";
import { collectionPath, known, objectPath, query } from "./path";
import { warnings } from "./request";
import type { KubeList, KubeObject } from "./types";
import { applyEvents, lines, merged, type WatchEvent } from "./watch";

const pod = (name: string, resourceVersion: string): KubeObject => ({
  metadata: { name, uid: `uid-${name}`, resourceVersion },
});
const list = { resourceVersion: "10", items: [pod("web-0", "7"), pod("web-1", "9")] };
const event = (type: "ADDED" | "MODIFIED" | "DELETED", object: KubeObject): WatchEvent<KubeObject> => ({
  type,
  object,
});

describe("a watch's event", () => {
  it("adds what is new at the end", () => {
    expect(applyEvents(list, [event("ADDED", pod("web-2", "11"))]).items.map((p) => p.metadata.name)).toEqual([
      "web-0",
      "web-1",
      "web-2",
    ]);
  });

  it("replaces in place and leaves the others untouched", () => {
    const after = applyEvents(list, [event("MODIFIED", pod("web-0", "12"))]);
    expect(after.items[0]?.metadata.resourceVersion).toBe("12");
    expect(after.items[1]).toBe(list.items[1]);
    expect(after.resourceVersion).toBe("12");
  });

  it("takes away what was deleted, also what was never there", () => {
    expect(applyEvents(list, [event("DELETED", pod("web-0", "12"))]).items).toHaveLength(1);
    expect(applyEvents(list, [event("DELETED", pod("web-9", "12"))]).items).toHaveLength(2);
  });

  it("that is a bookmark moves only the version", () => {
    const after = applyEvents(list, [{ type: "BOOKMARK", object: { metadata: { resourceVersion: "99" } } }]);
    expect(after.resourceVersion).toBe("99");
    expect(after.items).toBe(list.items);
  });

  it("that is an error changes nothing", () => {
    expect(applyEvents(list, [{ type: "ERROR", object: { kind: "Status", code: 410 } }])).toBe(list);
  });

  it("in a batch equals the same events one by one", () => {
    const events = [
      event("ADDED", pod("web-2", "11")),
      event("DELETED", pod("web-2", "12")),
      event("ADDED", pod("web-2", "13")),
      event("DELETED", pod("web-0", "14")),
    ];
    expect(applyEvents(list, events)).toEqual(events.reduce<KubeList<KubeObject>>((l, e) => applyEvents(l, [e]), list));
  });
});

describe("listing again", () => {
  it("keeps unchanged objects as the same values, so nothing flickers", () => {
    const again = merged(list, { resourceVersion: "20", items: [pod("web-0", "7"), pod("web-1", "15")] });
    expect(again.items[0]).toBe(list.items[0]);
    expect(again.items[1]).not.toBe(list.items[1]);
  });
});

describe("a streamed body", () => {
  it("is cut into lines wherever its chunks end, also inside a character", async () => {
    const bytes = new TextEncoder().encode("一\n二三\nend");
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const read: string[] = [];
    for await (const line of lines(body)) read.push(line);
    expect(read).toEqual(["一", "二三", "end"]);
  });
});

describe("paths", () => {
  it("follow Kubernetes' conventions and escape names", () => {
    const place = { cluster: "global", resource: known.statefulsets, namespace: "shop" };
    expect(collectionPath(place)).toBe("/clusters/global/apis/apps/v1/namespaces/shop/statefulsets");
    expect(objectPath({ ...place, resource: known.nodes }, "a/b", "status")).toBe(
      "/clusters/global/api/v1/nodes/a%2Fb/status",
    );
    expect(query("/x", { a: 1, b: undefined, c: "" })).toBe("/x?a=1");
  });
});

it("waits longer after each failure, never longer than 20 s", () => {
  expect(backoff(0, 0.5)).toBe(500);
  expect(backoff(3, 0.5)).toBe(4000);
  expect(backoff(40, 1)).toBeLessThan(20_000);
});

it("reads the server's warnings", () => {
  expect(warnings('299 - "unknown field \\"spec.x\\"", 299 - "old"')).toEqual(['unknown field "spec.x"', "old"]);
});
