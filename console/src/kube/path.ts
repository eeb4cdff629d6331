import type { KubeObject, Resource } from "./types";

/** Where something of a cluster lives, as the gateway forwards it. */
export interface Place {
  cluster: string;
  resource: Pick<Resource, "group" | "version" | "plural" | "namespaced">;
  namespace?: string | undefined;
}

export function collectionPath({ cluster, resource, namespace }: Place): string {
  const root = resource.group === "" ? `/api/${resource.version}` : `/apis/${resource.group}/${resource.version}`;
  const within = resource.namespaced && namespace ? `/namespaces/${encodeURIComponent(namespace)}` : "";
  return `/clusters/${encodeURIComponent(cluster)}${root}${within}/${resource.plural}`;
}

export function objectPath(place: Place, name: string, subresource?: string): string {
  return `${collectionPath(place)}/${encodeURIComponent(name)}${subresource ? `/${subresource}` : ""}`;
}

export function query(path: string, parameters: Record<string, string | number | boolean | undefined>): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== "");
  const text = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
  return text ? `${path}?${text}` : path;
}

/** `statefulsets.apps`: a resource in an address of the console; `pods` for the core group. */
export const resourceId = (r: Pick<Resource, "plural" | "group">) => (r.group ? `${r.plural}.${r.group}` : r.plural);

export const keyOf = (o: KubeObject) => o.metadata.uid ?? `${o.metadata.namespace ?? ""}/${o.metadata.name}`;

/** A kind as a page names it that need not ask the cluster. */
export const builtin = (group: string, version: string, plural: string, kind: string, namespaced = true): Resource => ({
  group,
  version,
  plural,
  kind,
  namespaced,
  verbs: ["create", "delete", "get", "list", "patch", "update", "watch"],
});

/** The kinds that pages of the console know by name, in the versions that every supported cluster serves. */
export const known = {
  pods: builtin("", "v1", "pods", "Pod"),
  services: builtin("", "v1", "services", "Service"),
  configmaps: builtin("", "v1", "configmaps", "ConfigMap"),
  secrets: builtin("", "v1", "secrets", "Secret"),
  events: builtin("", "v1", "events", "Event"),
  nodes: builtin("", "v1", "nodes", "Node", false),
  namespaces: builtin("", "v1", "namespaces", "Namespace", false),
  claims: builtin("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim"),
  statefulsets: builtin("apps", "v1", "statefulsets", "StatefulSet"),
  revisions: builtin("apps", "v1", "controllerrevisions", "ControllerRevision"),
  storageclasses: builtin("storage.k8s.io", "v1", "storageclasses", "StorageClass", false),
} as const;
