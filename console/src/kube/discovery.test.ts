import { afterEach, expect, it, vi } from "vitest";
import { discover } from "./discovery";

const verbs = ["get", "list"];

/** What clusters answer, by path. */
function serve(answers: Readonly<Record<string, unknown>>): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", (path: string) => {
    asked.push(path);
    return Promise.resolve(path in answers ? Response.json(answers[path]) : new Response("", { status: 503 }));
  });
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

it("asks twice where a cluster answers with all that it serves", async () => {
  const pods = { resource: "pods", responseKind: { kind: "Pod" }, scope: "Namespaced", verbs };
  const scaler = { resource: "scalers", responseKind: { kind: "Scaler" }, scope: "Namespaced", verbs };
  const old = { resource: "zones", responseKind: { kind: "Zone" }, scope: "Cluster", verbs };
  const asked = serve({
    "/clusters/new/api": {
      kind: "APIGroupDiscoveryList",
      items: [{ metadata: {}, versions: [{ version: "v1", resources: [pods] }] }],
    },
    "/clusters/new/apis": {
      kind: "APIGroupDiscoveryList",
      items: [
        {
          metadata: { name: "x.example" },
          versions: [
            { version: "v2", resources: [scaler, { ...scaler, resource: "reviews", verbs: ["create"] }] },
            { version: "v1", resources: [scaler, old] },
          ],
        },
        {
          metadata: { name: "custom.metrics.example" },
          versions: [
            {
              version: "v1",
              resources: [
                { resource: "pods", responseKind: { group: "", version: "", kind: "" }, scope: "", verbs: null },
              ],
            },
          ],
        },
        { metadata: { name: "away.example" }, versions: [{ version: "v1", freshness: "Stale" }] },
      ],
    },
  });
  expect(await discover("new")).toEqual([
    { group: "", version: "v1", plural: "pods", kind: "Pod", namespaced: true, verbs },
    { group: "x.example", version: "v2", plural: "scalers", kind: "Scaler", namespaced: true, verbs },
    { group: "x.example", version: "v1", plural: "zones", kind: "Zone", namespaced: false, verbs },
  ]);
  expect(asked).toHaveLength(2);
});

it("takes each half as it is answered", async () => {
  const group = { name: "apps", preferredVersion: { version: "v1" } };
  serve({
    "/clusters/odd/apis": { kind: "APIGroupList", groups: [group] },
    "/clusters/odd/api/v1": { resources: [{ name: "pods", kind: "Pod", namespaced: true, verbs }] },
    "/clusters/odd/apis/apps/v1": { resources: [] },
  });
  expect((await discover("odd")).map(({ kind }) => kind)).toEqual(["Pod"]);
});

it("asks group by group where a cluster is older, and leaves out what does not answer", async () => {
  const version = (name: string) => ({ name, preferredVersion: { version: "v1" } });
  const sets = { name: "statefulsets", kind: "StatefulSet", namespaced: true, verbs };
  serve({
    "/clusters/old/api": { kind: "APIVersions", versions: ["v1"] },
    "/clusters/old/apis": { kind: "APIGroupList", groups: [version("apps"), version("away.example")] },
    "/clusters/old/api/v1": { resources: [{ name: "nodes", kind: "Node", namespaced: false, verbs }] },
    "/clusters/old/apis/apps/v1": { resources: [sets, { ...sets, name: "statefulsets/scale" }] },
  });
  expect(await discover("old")).toEqual([
    { group: "", version: "v1", plural: "nodes", kind: "Node", namespaced: false, verbs },
    { group: "apps", version: "v1", plural: "statefulsets", kind: "StatefulSet", namespaced: true, verbs },
  ]);
});
