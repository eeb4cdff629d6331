import { describe, expect, it } from "vitest";
import { changesTo, isLastOwner, membersOf, type Change } from "./members";
import type { PolicyBinding } from "./objects";

const binding = (policyID: string, users: string[], groups: string[] = [], name = policyID): PolicyBinding => ({
  metadata: { name, resourceVersion: "1" },
  spec: { projectID: "prj-a", policyID, users, groups },
});
const user = (name: string) => ({ kind: "user", name }) as const;
const brief = (changes: readonly Change[]) =>
  changes.map((c) =>
    c.kind === "delete"
      ? `delete ${c.binding.metadata.name}`
      : `${c.kind} ${c.kind === "create" ? c.policy : c.binding.metadata.name} ${[...c.users, ...c.groups].join()}`,
  );

describe("members", () => {
  it("are everybody whom a binding names, once, users before groups", () => {
    expect(
      membersOf([
        binding("project-viewer", ["bea", "ann"]),
        binding("project-member", ["ann"], ["dev"]),
        binding("project-member", ["ann"], [], "again"),
      ]),
    ).toEqual([
      { kind: "user", name: "ann", policies: ["project-viewer", "project-member"] },
      { kind: "user", name: "bea", policies: ["project-viewer"] },
      { kind: "group", name: "dev", policies: ["project-member"] },
    ]);
  });

  it("of one name may be a user and a group", () => {
    expect(membersOf([binding("project-viewer", ["ops"], ["ops"])])).toHaveLength(2);
  });

  it("are the last owner when no other is there", () => {
    const both = membersOf([binding("project-owner", ["ann"], ["admins"])]);
    expect(isLastOwner(both, user("ann"))).toBe(false);
    const one = membersOf([binding("project-owner", ["ann"]), binding("project-member", ["bea"])]);
    expect(isLastOwner(one, user("ann"))).toBe(true);
    expect(isLastOwner(one, user("bea"))).toBe(false);
  });
});

describe("a role", () => {
  it("is given by a binding of its own when there is none", () => {
    expect(brief(changesTo([], user("ann"), "project-member"))).toEqual(["create project-member ann"]);
  });

  it("is given beside those who have it", () => {
    expect(brief(changesTo([binding("project-member", ["bea"])], user("ann"), "project-member"))).toEqual([
      "update project-member bea,ann",
    ]);
  });

  it("is not given twice", () => {
    expect(changesTo([binding("project-member", ["ann"])], user("ann"), "project-member")).toEqual([]);
  });

  it("is given before the old one is taken: it may be one's own", () => {
    const bindings = [binding("project-owner", ["ann", "bea"]), binding("project-viewer", ["ann"])];
    expect(brief(changesTo(bindings, user("ann"), "project-member"))).toEqual([
      "create project-member ann",
      "update project-owner bea",
      "delete project-viewer",
    ]);
  });

  it("is taken from everywhere, and a binding of nobody goes", () => {
    const bindings = [binding("project-member", ["ann"], ["dev"]), binding("custom", ["ann"])];
    expect(brief(changesTo(bindings, user("ann"), undefined))).toEqual(["update project-member dev", "delete custom"]);
  });

  it("of a group leaves the user of that name alone", () => {
    const bindings = [binding("project-member", ["ops"], ["ops"])];
    expect(changesTo(bindings, { kind: "group", name: "ops" }, undefined)).toMatchObject([
      { kind: "update", users: ["ops"], groups: [] },
    ]);
  });

  it("is not written into a binding that is being deleted", () => {
    const dying = binding("project-member", ["bea"]);
    dying.metadata.deletionTimestamp = "2026-01-01T00:00:00Z";
    expect(brief(changesTo([dying], user("ann"), "project-member"))).toEqual(["create project-member ann"]);
  });
});
