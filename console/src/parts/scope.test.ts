import { beforeEach, describe, expect, it } from "vitest";
import type { Business, Portal } from "../kube/gateway";
import { redirected, rememberScope, startOf } from "./scope";

const kept = new Map<string, string>();
beforeEach(() => {
  kept.clear();
  globalThis.localStorage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as unknown as Storage;
});

const business = (name: string, ...namespaces: [string, string][]): Business => ({
  name,
  displayName: name,
  role: "member",
  namespaces: namespaces.map(([namespace, phase]) => ({
    name: `global-${namespace}`,
    namespace,
    cluster: "global",
    phase,
  })),
});
const portal = (administrator: boolean, ...businesses: Business[]): Portal => ({
  administrator,
  clusters: [{ id: "global", name: "global", version: "v1", state: "Ready", reason: "" }],
  businesses,
});
const shop = business("prj-shop", ["wait", "Pending"], ["web", "Available"], ["db", "Available"]);

describe("who opens", () => {
  it("the platform without being an administrator comes to the applications", () => {
    expect(redirected(portal(false, shop), "platform")).toBe("/b/prj-shop/global/web/statefulsets.apps");
    expect(redirected(portal(false, business("prj-new")), "platform")).toBe("/b");
  });

  it("the businesses as an administrator of none comes to the platform", () => {
    expect(redirected(portal(true), "business")).toBe("/p/clusters");
  });

  it("anything, and may nothing, is told so", () => {
    expect(redirected(portal(false), "business")).toBe("/blank");
    expect(redirected(portal(false), "platform")).toBe("/blank");
  });

  it("what is his, stays", () => {
    expect(redirected(portal(true), "platform")).toBeUndefined();
    expect(redirected(portal(true, shop), "business")).toBeUndefined();
    expect(redirected(portal(false, shop), "business")).toBeUndefined();
  });
});

describe("the business and namespace chosen last", () => {
  const choose = (base: string) =>
    rememberScope({ portal: "business", business: shop, cluster: "global", namespace: "db", base });

  it("are where the next visit begins", () => {
    expect(startOf(portal(false, shop), "business")).toBe("/b/prj-shop/global/web");
    choose("/b/prj-shop/global/db");
    expect(startOf(portal(false, shop), "business")).toBe("/b/prj-shop/global/db");
  });

  it("are forgotten when they are gone or cannot be used", () => {
    choose("/b/prj-shop/global/wait");
    expect(startOf(portal(false, shop), "business")).toBe("/b/prj-shop/global/web");
    choose("/b/prj-gone/global/db");
    expect(startOf(portal(false, shop), "business")).toBe("/b/prj-shop/global/web");
  });
});
