import { describe, expect, it } from "vitest";
import { merge, withoutNoise, withStatusOf, type Json, type Tree } from "./manifest";

describe("what two people made of one object", () => {
  const base = {
    metadata: { labels: { app: "web" } },
    spec: {
      replicas: 3,
      paused: false,
      containers: [
        { name: "web", image: "nginx:1", args: ["a"] },
        { name: "log", image: "log:1" },
      ],
    },
  };

  it("has both changes where they differ", () => {
    const ours = { ...base, spec: { ...base.spec, paused: true } };
    const theirs = { ...base, spec: { ...base.spec, replicas: 5 } };
    expect(merge(base, ours, theirs)).toEqual({
      merged: { ...base, spec: { ...base.spec, replicas: 5, paused: true } },
      clashes: [],
    });
  });

  it("merges items that have names, one by one: their new image outlives our new variable", () => {
    const with_ = (containers: Json) => ({ spec: { containers } });
    const before = with_(base.spec.containers);
    const ours = with_([{ name: "web", image: "nginx:1", args: ["a"], env: [{ name: "A", value: "1" }] }]);
    const theirs = with_([
      { name: "web", image: "nginx:2", args: ["a"], env: [{ name: "B", value: "2" }] },
      { name: "log", image: "log:1" },
      { name: "new", image: "new:1" },
    ]);
    expect(merge(before, ours, theirs)).toEqual({
      merged: with_([
        {
          name: "web",
          image: "nginx:2",
          args: ["a"],
          env: [
            { name: "A", value: "1" },
            { name: "B", value: "2" },
          ],
        },
        { name: "new", image: "new:1" },
      ]),
      clashes: [],
    });
  });

  it("says where both changed the same, and keeps ours there", () => {
    const change = (replicas: number, args: string[], label: string | undefined): Tree => ({
      metadata: { labels: label === undefined ? {} : { app: label } },
      spec: { ...base.spec, replicas, containers: [{ ...base.spec.containers[0]!, args }, base.spec.containers[1]!] },
    });
    const { merged, clashes } = merge(base, change(4, ["b"], undefined), change(5, ["c"], "shop"));
    expect(clashes).toEqual(["metadata.labels.app", "spec.replicas", "spec.containers[web].args"]);
    expect(merged).toEqual(change(4, ["b"], undefined));
  });

  it("is theirs when we did nothing, ours when they did nothing, and no clash when both did the same", () => {
    const other = { spec: { replicas: 1 } };
    expect(merge(base, base, other)).toEqual({ merged: other, clashes: [] });
    expect(merge(base, other, base)).toEqual({ merged: other, clashes: [] });
    expect(merge(base, other, other)).toEqual({ merged: other, clashes: [] });
  });
});

it("nobody sees managed fields, and who edits sees no status", () => {
  const object = { metadata: { name: "web", managedFields: [] }, spec: {}, status: {} };
  expect(withoutNoise(object, true)).toEqual({ metadata: { name: "web" }, spec: {} });
  expect(withoutNoise(object, false)).toEqual({ metadata: { name: "web" }, spec: {}, status: {} });
});

it("the status goes back as it came, unless somebody writes one", () => {
  const object = { metadata: { name: "web" }, spec: {}, status: { ready: 1 } };
  expect(withStatusOf(object, withoutNoise(object, true))).toEqual(object);
  const own = { ...object, status: { ready: 2 } };
  expect(withStatusOf(object, own)).toBe(own);
});
