import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LiveList } from "./live";
import type { KubeObject } from "./types";

/** A cluster that answers as the test says and remembers what it was asked. */
class Cluster {
  readonly asked: URL[] = [];
  readonly watches: ReadableStreamDefaultController<Uint8Array>[] = [];
  list = () => listOf("10", pod("web-0", "7"));
  readonly working = () =>
    new Response(new ReadableStream<Uint8Array>({ start: (controller) => void this.watches.push(controller) }));
  watch = this.working;

  readonly signals: AbortSignal[] = [];

  readonly fetch = (path: string, init: RequestInit) => {
    const url = new URL(path, "http://cluster");
    this.asked.push(url);
    this.signals.push(init.signal!);
    return Promise.resolve(url.searchParams.has("watch") ? this.watch() : this.list());
  };

  say(type: string, object: unknown) {
    this.watches.at(-1)?.enqueue(new TextEncoder().encode(`${JSON.stringify({ type, object })}\n`));
  }

  get lists() {
    return this.asked.filter((url) => !url.searchParams.has("watch"));
  }
}

const pod = (name: string, resourceVersion: string): KubeObject => ({
  metadata: { name, uid: `uid-${name}`, resourceVersion },
});
const listOf = (resourceVersion: string, ...items: KubeObject[]) =>
  new Response(JSON.stringify({ metadata: { resourceVersion }, items }));
const gone = { kind: "Status", code: 410, reason: "Expired", message: "too old resource version" };

let cluster: Cluster;
let live: LiveList<KubeObject>;
let leave: () => void;
let rests: number;
const names = () => live.snapshot().items.map((o) => `${o.metadata.name}@${o.metadata.resourceVersion}`);
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

beforeEach(() => {
  vi.useFakeTimers();
  cluster = new Cluster();
  vi.stubGlobal("fetch", cluster.fetch);
  rests = 0;
  live = new LiveList("/pods", {}, () => rests++);
  leave = live.subscribe(() => {});
});

afterEach(() => {
  leave();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("lists, then watches from the list's version", async () => {
  await pass(0);
  expect(names()).toEqual(["web-0@7"]);
  expect(cluster.asked[1]?.searchParams.get("resourceVersion")).toBe("10");
  cluster.say("ADDED", pod("web-1", "11"));
  cluster.say("DELETED", pod("web-0", "12"));
  await pass(50);
  expect(names()).toEqual(["web-1@11"]);
  expect(live.snapshot()).toMatchObject({ loading: false, stale: false, error: undefined });
});

it("watches on from where it was when the server ends the watch in good order", async () => {
  await pass(0);
  cluster.say("MODIFIED", pod("web-0", "15"));
  cluster.watches[0]?.close();
  await pass(50);
  expect(cluster.lists).toHaveLength(1);
  expect(cluster.asked.at(-1)?.searchParams.get("resourceVersion")).toBe("15");
});

it("lists again at once, and quietly, when the watch has expired", async () => {
  await pass(0);
  cluster.say("BOOKMARK", { metadata: { resourceVersion: "11" } });
  cluster.list = () => listOf("20", pod("web-0", "18"));
  cluster.say("ERROR", gone);
  await pass(50);
  expect(names()).toEqual(["web-0@18"]);
  expect(live.snapshot()).toMatchObject({ stale: false, error: undefined });
});

it("does not hammer a server whose watches always expire", async () => {
  cluster.watch = () => new Response(JSON.stringify(gone), { status: 410 });
  await pass(60_000);
  expect(cluster.lists.length).toBeLessThan(15);
  expect(live.snapshot().error).toBeUndefined();
});

it("never lays an event of a broken watch over a fresh list", async () => {
  await pass(0);
  cluster.list = () => listOf("20", pod("web-0", "18"));
  cluster.say("MODIFIED", pod("web-0", "12"));
  cluster.say("ERROR", gone);
  await pass(100);
  expect(names()).toEqual(["web-0@18"]);
});

it("keeps what it shows, called old, while the connection is broken", async () => {
  await pass(0);
  cluster.list = () => new Response("", { status: 503 });
  cluster.watches[0]?.error(new Error("cut"));
  await pass(50);
  expect(names()).toEqual(["web-0@7"]);
  // A page that has something to show goes on showing it, with whatever is open in it.
  expect(live.snapshot()).toMatchObject({ stale: true, error: undefined });
  cluster.list = () => listOf("20", pod("web-0", "18"));
  await pass(20_000);
  expect(names()).toEqual(["web-0@18"]);
  expect(live.snapshot()).toMatchObject({ stale: false, error: undefined });
});

it("says what is wrong while nothing has come, and when rights were taken away", async () => {
  leave();
  cluster.list = () => new Response("", { status: 503 });
  live = new LiveList("/other", {}, () => {});
  leave = live.subscribe(() => {});
  await pass(50);
  expect(live.snapshot().error?.code).toBe(503);
  cluster.list = () => listOf("10", pod("web-0", "7"));
  await pass(5000);
  expect(live.snapshot().error).toBeUndefined();
  cluster.list = () => new Response("", { status: 403 });
  cluster.watches.at(-1)?.error(new Error("cut"));
  await pass(5000);
  expect(live.snapshot().error?.code).toBe(403);
});

it("says nothing of a connection that broke off once", async () => {
  await pass(0);
  const said: boolean[] = [];
  leave = live.subscribe(() => said.push(live.snapshot().stale));
  cluster.list = () => listOf("20", pod("web-0", "18"));
  cluster.watches[0]?.error(new TypeError("network error"));
  await pass(50);
  expect(names()).toEqual(["web-0@18"]);
  expect(said).not.toContain(true);
});

it("waits longer each time, also when only the watch fails and every list succeeds", async () => {
  cluster.watch = () => new Response("", { status: 502 });
  await pass(60_000);
  expect(cluster.lists.length).toBeLessThan(15);
  const few = cluster.lists.length;
  await pass(15_000);
  expect(cluster.lists.length - few).toBeLessThan(3);
});

it("is quick again after a watch that worked", async () => {
  cluster.watch = () => new Response("", { status: 502 });
  await pass(60_000);
  cluster.watch = cluster.working;
  await pass(20_000);
  cluster.say("MODIFIED", pod("web-0", "30"));
  await pass(50);
  const before = cluster.lists.length;
  cluster.watches.at(-1)?.error(new Error("cut"));
  await pass(1000);
  expect(cluster.lists.length).toBe(before + 1);
});

it("ends its watch once nobody looks, but not for a moment", async () => {
  await pass(0);
  const watched = cluster.signals.at(-1)!;
  leave();
  await pass(19_000);
  leave = live.subscribe(() => {});
  await pass(60_000);
  expect(watched.aborted).toBe(false);
  expect(rests).toBe(0);
  leave();
  await pass(21_000);
  expect(watched.aborted).toBe(true);
  expect(rests).toBe(1);
});
