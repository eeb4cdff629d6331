import { describe, expect, it } from "vitest";
import type { Pod, StatefulSet } from "../../kube/types";
import { claimPattern, isClaimOf, isServiceOf, podsOf, rollout, stateOf } from "./kind";

const set = (spec: Partial<StatefulSet["spec"]> = {}): StatefulSet => ({
  metadata: { name: "web", uid: "u" },
  spec: { replicas: 3, selector: {}, template: { spec: { containers: [] } }, ...spec },
  status: { replicas: 3, readyReplicas: 3, currentRevision: "a", updateRevision: "b" },
});

const pod = (ordinal: number, revision: string, ready = true): Pod => ({
  metadata: {
    name: `web-${ordinal}`,
    labels: { "controller-revision-hash": revision },
    ownerReferences: [{ apiVersion: "", kind: "", name: "", uid: "u" }],
  },
  spec: { containers: [] },
  status: { conditions: [{ type: "Ready", status: ready ? "True" : "False" }] },
});

const states = (s: StatefulSet, pods: Pod[]) => rollout(s, pods).map((o) => o.state);

describe("a rollout by ordinal", () => {
  it("tells new, waiting and old apart", () => {
    expect(states(set(), [pod(0, "a"), pod(1, "b", false), pod(2, "b")])).toEqual(["old", "newWaiting", "new"]);
  });

  it("shows what the partition holds back", () => {
    const held = set({ updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 2 } } });
    expect(states(held, [pod(0, "a"), pod(1, "a", false), pod(2, "b")])).toEqual(["held", "oldWaiting", "new"]);
  });

  it("shows missing ordinals, surplus ones and a start above nought", () => {
    expect(states(set({ replicas: 2, ordinals: { start: 1 } }), [pod(0, "b"), pod(2, "b")])).toEqual([
      "missing",
      "new",
      "surplus",
    ]);
  });
});

it("orders pods by ordinal, not by text, and takes only its own", () => {
  const stranger: Pod = { ...pod(5, "b"), metadata: { name: "web-5" } };
  expect(podsOf(set(), [pod(10, "b"), stranger, pod(2, "b")]).map((p) => p.metadata.name)).toEqual(["web-2", "web-10"]);
});

it("is Ready only when all wanted pods are, and Updating until the last has the new revision", () => {
  expect(stateOf(set())).toBe("Updating");
  expect(stateOf(set({ replicas: 4 }))).toBe("Progressing");
  expect(stateOf(set({ updateStrategy: { type: "OnDelete" } }))).toBe("Ready");
});

it("knows the claims of its own templates by name", () => {
  const pattern = claimPattern(set({ volumeClaimTemplates: [{ metadata: { name: "www" }, spec: {} }] }));
  expect(["www-web-0", "www-web-12", "www-webs-0", "xwww-web-0", "www-web-x"].filter((n) => pattern.test(n))).toEqual([
    "www-web-0",
    "www-web-12",
  ]);
  expect(claimPattern(set()).test("www-web-0")).toBe(false);
});

it("takes for its own only what is in its namespace", () => {
  const given = set({ serviceName: "web-names", volumeClaimTemplates: [{ metadata: { name: "www" }, spec: {} }] });
  const own = { ...given, metadata: { ...given.metadata, namespace: "shop" } };
  const at = (namespace: string, name: string) => ({ metadata: { name, namespace }, spec: {} });
  expect(["web", "web-headless", "web-names", "db"].filter((n) => isServiceOf(own, at("shop", n)))).toEqual([
    "web",
    "web-headless",
    "web-names",
  ]);
  expect(isServiceOf(own, at("other", "web"))).toBe(false);
  expect([isClaimOf(own, at("shop", "www-web-0")), isClaimOf(own, at("other", "www-web-0"))]).toEqual([true, false]);
});
