import type { KubeObject } from "../kube/types";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Tree = { [key: string]: Json };

export const isTree = (value: Json | undefined): value is Tree =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What nobody edits is not shown: managed fields always, the status when the text is for editing. */
export function withoutNoise(object: KubeObject, editing: boolean): KubeObject {
  const { managedFields: _, ...metadata } = object.metadata as KubeObject["metadata"] & { managedFields?: unknown };
  const { status, ...rest } = object as KubeObject & { status?: unknown };
  return { ...rest, metadata, ...(editing || status === undefined ? {} : { status }) } as KubeObject;
}

/** The edited object with the status that the text left out: a replacement without it would erase it where a kind has no subresource. */
export const withStatusOf = (from: KubeObject, edited: KubeObject): KubeObject =>
  "status" in from && !("status" in edited) ? ({ ...edited, status: from.status } as KubeObject) : edited;

export const equal = (a: Json | undefined, b: Json | undefined): boolean => {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => equal(item, b[i]));
  if (!isTree(a) || !isTree(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => equal(a[key], b[key]));
};

export interface Merge {
  merged: Tree;
  /** Where both sides changed the same thing in different ways: ours stands there. */
  clashes: readonly string[];
}

/** What both sides made of the same object, each change of either kept. */
export function merge(base: Tree, ours: Tree, theirs: Tree): Merge {
  const clashes: string[] = [];
  return { merged: mergedTree(base, ours, theirs, "", clashes), clashes };
}

function mergedTree(base: Tree, ours: Tree, theirs: Tree, path: string, clashes: string[]): Tree {
  const result: Tree = {};
  for (const key of new Set([...Object.keys(theirs), ...Object.keys(ours)])) {
    const value = mergedValue(base[key], ours[key], theirs[key], path === "" ? key : `${path}.${key}`, clashes);
    if (value !== undefined) result[key] = value;
  }
  return result;
}

type Maybe = Json | undefined;

function mergedValue(base: Maybe, ours: Maybe, theirs: Maybe, path: string, clashes: string[]): Maybe {
  if (equal(ours, theirs) || equal(base, theirs)) return ours;
  if (equal(base, ours)) return theirs;
  if (isTree(ours) && isTree(theirs)) return mergedTree(isTree(base) ? base : {}, ours, theirs, path, clashes);
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    const list = mergedList(Array.isArray(base) ? base : [], ours, theirs, path, clashes);
    if (list) return list;
  }
  clashes.push(path);
  return ours;
}

/** By what items of Kubernetes' lists are told apart. */
const itemKeys = ["name", "mountPath", "containerPort", "port", "key", "topologyKey", "ip", "type", "uid"];

/** Items that have a name of their own are merged one by one; of other lists nobody can say what was meant. */
function mergedList(base: Json[], ours: Json[], theirs: Json[], path: string, clashes: string[]): Json[] | undefined {
  const key = itemKeys.find((k) => [base, ours, theirs].every((list) => tells(list, k)));
  if (key === undefined) return undefined;
  const named = (list: Json[]): Tree => Object.fromEntries(list.map((item) => [String((item as Tree)[key]), item]));
  const [before, mine, other] = [named(base), named(ours), named(theirs)];
  const names = [...new Set([...Object.keys(mine), ...Object.keys(other)])];
  const item = (name: string) => mergedValue(before[name], mine[name], other[name], `${path}[${name}]`, clashes);
  const order = (name: string) => [ours, theirs].flat().findIndex((i) => String((i as Tree)[key]) === name);
  return names.sort((a, b) => order(a) - order(b)).flatMap((name) => item(name) ?? []);
}

function tells(list: readonly Json[], key: string): boolean {
  const values = list.map((item) => (isTree(item) ? item[key] : undefined));
  return values.every((v) => typeof v === "string" || typeof v === "number") && new Set(values).size === values.length;
}
