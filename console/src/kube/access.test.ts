import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { can, type Question } from "./access";
import { setCsrfToken } from "./request";

/** Of pods the user may delete db-0 and open a terminal in it; ConfigMaps he may change all. */
const rules = [
  { verbs: ["delete"], apiGroups: [""], resources: ["pods"], resourceNames: ["db-0"] },
  { verbs: ["create"], apiGroups: [""], resources: ["*/exec", "services"], resourceNames: ["db-0"] },
  { verbs: ["*"], apiGroups: ["apps"], resources: ["*"], resourceNames: ["db"] },
  { verbs: ["get", "list"], apiGroups: [""], resources: ["secrets"] },
];

let asked: string[];
const cluster = (_: string, init: RequestInit) => {
  const { kind, spec } = JSON.parse(init.body as string) as {
    kind: string;
    spec: { resourceAttributes?: Question };
  };
  asked.push(kind);
  const allowed = spec.resourceAttributes?.resource === "configmaps";
  const status = kind === "SelfSubjectRulesReview" ? { resourceRules: rules } : { allowed };
  return Promise.resolve(new Response(JSON.stringify({ status }), { status: 201 }));
};

beforeEach(() => {
  asked = [];
  setCsrfToken("fresh", "li");
  vi.stubGlobal("fetch", cluster);
  vi.useFakeTimers();
});
afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const pods = { group: "", resource: "pods", namespace: "shop" };

it("asks once, and no more where all is allowed", async () => {
  const question = { verb: "patch", group: "", resource: "configmaps", namespace: "shop" };
  expect(await Promise.all([can("global", question), can("global", question)])).toEqual([true, true]);
  expect(asked).toEqual(["SelfSubjectAccessReview"]);
});

it("holds nothing back that a role allows for one of them", async () => {
  expect(await can("global", { ...pods, verb: "delete" })).toBe(true);
  expect(await can("global", { ...pods, verb: "create", subresource: "exec" })).toBe(true);
  expect(await can("global", { verb: "patch", group: "apps", resource: "statefulsets", namespace: "shop" })).toBe(true);
  expect(asked.filter((kind) => kind === "SelfSubjectRulesReview")).toHaveLength(1);
});

it.each<Question>([
  { ...pods, verb: "patch" },
  { ...pods, verb: "delete", name: "db-1" },
  { verb: "create", group: "", resource: "services", namespace: "shop" },
  { verb: "delete", group: "", resource: "secrets", namespace: "shop" },
])("holds back $verb $resource $name", async (question) => {
  expect(await can("global", question)).toBe(false);
});
