import type { PolicyBinding } from "./objects";

/** Whom a role is given to: a user of the console, or all users of a group. */
export interface Subject {
  kind: "user" | "group";
  name: string;
}

export interface Member extends Subject {
  policies: readonly string[];
}

export const ownerPolicy = "project-owner";
/** The roles that every business knows; others are made by administrators. */
export const policies = [ownerPolicy, "project-member", "project-viewer"] as const;

export const memberKey = ({ kind, name }: Subject) => `${kind}:${name}`;

const listOf = (binding: PolicyBinding, kind: Subject["kind"]) =>
  (kind === "user" ? binding.spec.users : binding.spec.groups) ?? [];

/** Everybody whom some binding names, users first, each with all roles. */
export function membersOf(bindings: readonly PolicyBinding[]): Member[] {
  const found = new Map<string, Member>();
  for (const kind of ["user", "group"] as const)
    for (const binding of bindings)
      for (const name of listOf(binding, kind)) {
        const key = memberKey({ kind, name });
        const before = found.get(key)?.policies ?? [];
        if (!before.includes(binding.spec.policyID))
          found.set(key, { kind, name, policies: [...before, binding.spec.policyID] });
      }
  return [...found.values()].sort(
    (a, b) => b.kind.localeCompare(a.kind) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  );
}

/** A business without an administrator is nobody's: the last one goes only by the platform's. */
export const isLastOwner = (members: readonly Member[], subject: Subject): boolean => {
  const owners = members.filter((m) => m.policies.includes(ownerPolicy));
  return owners.length === 1 && memberKey(owners[0]!) === memberKey(subject);
};

/** One write that gives or takes a role. */
export type Change =
  | { kind: "create"; policy: string; users: string[]; groups: string[] }
  | { kind: "update"; binding: PolicyBinding; users: string[]; groups: string[] }
  | { kind: "delete"; binding: PolicyBinding };

/**
 * What makes the subject have just this role, or none. What is given comes first: who changes his own role needs the old one
 * until the new one is there.
 */
export function changesTo(bindings: readonly PolicyBinding[], subject: Subject, policy: string | undefined): Change[] {
  const has = (binding: PolicyBinding) => listOf(binding, subject.kind).includes(subject.name);
  const living = bindings.filter((b) => b.metadata.deletionTimestamp === undefined);
  const wanted = living.filter((b) => b.spec.policyID === policy);
  const given = wanted.some(has);
  const place = wanted[0];
  const give: Change[] =
    policy === undefined || given
      ? []
      : place
        ? [{ kind: "update", binding: place, ...withSubject(place, subject) }]
        : [{ kind: "create", policy, ...withSubject(undefined, subject) }];
  const take = living.filter((b) => b.spec.policyID !== policy && has(b)).map((b) => without(b, subject));
  return [...give, ...take];
}

const lists = (binding: PolicyBinding | undefined) => ({
  users: [...(binding?.spec.users ?? [])],
  groups: [...(binding?.spec.groups ?? [])],
});

function withSubject(binding: PolicyBinding | undefined, { kind, name }: Subject) {
  const all = lists(binding);
  (kind === "user" ? all.users : all.groups).push(name);
  return all;
}

function without(binding: PolicyBinding, { kind, name }: Subject): Change {
  const { users, groups } = lists(binding);
  const left =
    kind === "user"
      ? { users: users.filter((u) => u !== name), groups }
      : { users, groups: groups.filter((g) => g !== name) };
  return left.users.length + left.groups.length === 0
    ? { kind: "delete", binding }
    : { kind: "update", binding, ...left };
}
