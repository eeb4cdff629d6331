import { objectPath, collectionPath, query, type Place } from "./path";
import { request, StatusError, type RequestOptions } from "./request";
import type { KubeObject } from "./types";

type OnWarning = NonNullable<RequestOptions["onWarning"]>;
const unheard: OnWarning = () => {};

/** Sent again when nobody answered: what is there then, and holds all that we sent, is what the first time has made. */
export async function create<T extends KubeObject>(place: Place, object: T, dryRun = false, onWarning = unheard) {
  const path = query(collectionPath(place), { dryRun: dryRun ? "All" : undefined, fieldValidation: "Strict" });
  try {
    return await request<T>(path, { method: "POST", body: object, onWarning, repeatable: true });
  } catch (e) {
    if (!isEcho(e, 409)) throw e;
    const there = await request<T>(objectPath(place, object.metadata.name));
    if (!holds(there, asStored(object))) throw e;
    return there;
  }
}

/** Whether a refusal may come from what the same request has done the first time it was sent. */
const isEcho = (e: unknown, ...codes: number[]): e is StatusError =>
  e instanceof StatusError && e.repeated && codes.includes(e.code);

type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null;

/** Text as a Secret keeps it. */
export const encoded = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** A cluster keeps the text of Secrets as bytes. */
function asStored({ stringData, ...object }: KubeObject & { stringData?: Record<string, string>; data?: Tree }) {
  if (!stringData) return object;
  const kept = Object.fromEntries(Object.entries(stringData).map(([key, text]) => [key, encoded(text)]));
  return { ...object, data: { ...object.data, ...kept } };
}

/** Whether each field of a tree stands in another one with the same value; a cluster may have added fields, and items with names. */
export function holds(whole: unknown, part: unknown): boolean {
  if (part === undefined || part === null) return true;
  // A cluster may leave out a list of nothing.
  if (Array.isArray(part) && part.length === 0) return whole === undefined || isEmpty(whole);
  if (Array.isArray(part)) return Array.isArray(whole) && holdsAll(whole, part);
  if (!isTree(part)) return whole === part;
  return isTree(whole) && Object.entries(part).every(([key, value]) => holds(whole[key], value));
}

const isEmpty = (whole: unknown) => Array.isArray(whole) && whole.length === 0;

function holdsAll(whole: readonly unknown[], part: readonly unknown[]): boolean {
  const named = part.every((item) => isTree(item) && item["name"] !== undefined);
  if (named) return part.every((item) => whole.some((other) => holds(other, item)));
  return whole.length === part.length && part.every((item, i) => holds(whole[i], item));
}

export const replace = <T extends KubeObject>(place: Place, object: T, dryRun = false, onWarning = unheard) =>
  request<T>(
    query(objectPath(place, object.metadata.name), { dryRun: dryRun ? "All" : undefined, fieldValidation: "Strict" }),
    {
      method: "PUT",
      body: object,
      onWarning,
    },
  );

/** A merge patch: what is null goes away, what is not named stays. It says what shall be, so it may be said twice. */
export const patch = <T extends KubeObject>(
  place: Place,
  name: string,
  change: unknown,
  { subresource, repeatable = true }: { subresource?: string; repeatable?: boolean } = {},
) =>
  request<T>(objectPath(place, name, subresource), {
    method: "PATCH",
    body: change,
    repeatable,
    contentType: "application/merge-patch+json",
  });

export const patchJson = <T extends KubeObject>(place: Place, name: string, operations: readonly unknown[]) =>
  request<T>(objectPath(place, name), {
    method: "PATCH",
    body: operations,
    repeatable: true,
    contentType: "application/json-patch+json",
  });

interface DeleteOptions {
  propagationPolicy?: "Background" | "Foreground" | "Orphan";
  uid?: string | undefined;
}

/** With a uid only that very object is deleted, never one that took its name: then it may be said twice, and gone is done. */
export async function remove(place: Place, name: string, { uid, ...options }: DeleteOptions = {}): Promise<void> {
  const body = { apiVersion: "v1", kind: "DeleteOptions", ...options, ...(uid ? { preconditions: { uid } } : {}) };
  try {
    await request<void>(objectPath(place, name), { method: "DELETE", body, repeatable: uid !== undefined });
  } catch (e) {
    if (!uid || !(await isGone(e, place, name, uid))) throw e;
  }
}

async function isGone(e: unknown, place: Place, name: string, uid: string): Promise<boolean> {
  if (!(e instanceof StatusError)) return false;
  // Of that object, not of its cluster or kind.
  if (e.code === 404) return e.status.details?.name === name && e.status.details.kind === place.resource.plural;
  if (!isEcho(e, 409)) return false;
  const there = await request<KubeObject>(objectPath(place, name)).catch((again: unknown) => {
    if (again instanceof StatusError && again.code === 404) return undefined;
    throw again;
  });
  return there?.metadata.uid !== uid;
}

/** Evicts this very pod, as a drain does: disruption budgets may refuse. */
export async function evict(place: Place, pod: KubeObject): Promise<void> {
  const { name, namespace, uid } = pod.metadata;
  const body = {
    apiVersion: "policy/v1",
    kind: "Eviction",
    metadata: { name, namespace },
    deleteOptions: { preconditions: { uid } },
  };
  try {
    await request<void>(objectPath(place, name, "eviction"), { method: "POST", body, repeatable: true });
  } catch (e) {
    if (!isEcho(e, 404, 409)) throw e;
  }
}
