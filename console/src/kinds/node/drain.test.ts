import { describe, expect, it } from "vitest";
import { StatusError } from "../../kube/request";
import type { Pod } from "../../kube/types";
import { evictAll, lossesOf, stays, toEvict, type Eviction } from "./drain";

const pod = (name: string, more: Partial<Pod["metadata"]> = {}, rest: Partial<Pod> = {}): Pod => ({
  metadata: {
    name,
    uid: name,
    ownerReferences: [{ kind: "StatefulSet", name: "web", uid: "u", apiVersion: "apps/v1", controller: true }],
    ...more,
  },
  spec: { containers: [] },
  ...rest,
});
const alone = pod("alone", { ownerReferences: [] });
const scratch = pod("scratch", {}, { spec: { containers: [], volumes: [{ name: "tmp", emptyDir: {} }] } });

describe("a drain", () => {
  it("leaves the pods of DaemonSets, static ones and those that are over", () => {
    const owner = { kind: "DaemonSet", name: "d", uid: "u", apiVersion: "apps/v1", controller: true };
    expect(stays(pod("d", { ownerReferences: [owner] }))).toBe(true);
    expect(stays(pod("s", { annotations: { "kubernetes.io/config.mirror": "x" } }))).toBe(true);
    expect(stays(pod("f", {}, { status: { phase: "Succeeded" } }))).toBe(true);
    expect(stays(pod("web-0"))).toBe(false);
  });

  it("takes what is lost with its pod only when that was said", () => {
    expect([lossesOf(alone), lossesOf(scratch), lossesOf(pod("web-0"))]).toEqual([["unmanaged"], ["emptyDir"], []]);
    const names = (...taken: ("unmanaged" | "emptyDir")[]) =>
      toEvict([alone, scratch, pod("web-0")], new Set(taken)).map((p) => p.metadata.name);
    expect(names()).toEqual(["web-0"]);
    expect(names("unmanaged", "emptyDir")).toEqual(["alone", "scratch", "web-0"]);
  });
});

describe("evictions", () => {
  const refusal = (code: number) => new StatusError({ kind: "Status", code, message: `code ${code}` });

  /** Answers each pod's tries in turn: a code that refuses, or nothing. */
  async function run(answers: Record<string, number[]>, rounds = 10) {
    const said: string[] = [];
    let pauses = 0;
    await evictAll(
      Object.keys(answers).map((name) => pod(name)),
      {
        evict: async (p) => {
          const code = answers[p.metadata.name]!.shift();
          if (code) throw refusal(code);
        },
        say: (key: string, { is }: Eviction) => said.push(`${key} ${is}`),
        goesOn: () => pauses < rounds,
        pause: async () => pauses++,
      },
    );
    return said;
  }

  it("go on with the others when one is refused, and come back to it", async () => {
    expect(await run({ a: [429, 429], b: [], c: [] })).toEqual([
      "a refused",
      "b evicted",
      "c evicted",
      "a refused",
      "a evicted",
    ]);
  });

  it("that fail are not tried again, and a pod that is gone is what was wanted", async () => {
    expect(await run({ a: [403], b: [404] })).toEqual(["a failed", "b evicted"]);
  });

  it("end when nobody wants them any longer", async () => {
    expect(await run({ a: [429, 429, 429] }, 1)).toEqual(["a refused"]);
  });
});
