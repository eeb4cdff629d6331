import { useMemo } from "react";
import type { Business, Portal, Session } from "../kube/gateway";
import { t } from "../i18n/text";
import { find, findKind } from "../kube/discovery";
import { useResources } from "../kube/hooks";
import type { Place } from "../kube/path";
import { StatusError } from "../kube/request";
import type { KubeObject, Resource } from "../kube/types";
import { createContext, useContext } from "react";

/** Who is signed in and what is there for him: the frame provides it to every page. */
interface Console {
  session: Session;
  portal: Portal;
  /** Asks again what is there. */
  reload: () => Promise<void>;
}

export const ConsoleContext = createContext<Console | undefined>(undefined);

export function useConsole(): Console {
  const value = useContext(ConsoleContext);
  if (!value) throw new Error("outside of the frame");
  return value;
}

/** Where a page works: one namespace of a business, or a cluster (all namespaces when namespace is empty). */
export interface Scope {
  portal: "business" | "platform";
  business: Business | undefined;
  cluster: string;
  namespace: string;
  /** What every address of this scope begins with. */
  base: string;
}

export const ScopeContext = createContext<Scope | undefined>(undefined);

export function useScope(): Scope {
  const value = useContext(ScopeContext);
  if (!value) throw new Error("outside of a cluster");
  return value;
}

export const allNamespaces = "-";

export const businessBase = (business: string, cluster: string, namespace: string) =>
  ["", "b", business, cluster, namespace].map(encodeURIComponent).join("/");

export const platformBase = (cluster: string, namespace: string) =>
  ["", "p", cluster, namespace || allNamespaces].map(encodeURIComponent).join("/");

export function placeOf(scope: Pick<Scope, "cluster" | "namespace">, resource: Place["resource"]): Place {
  return {
    cluster: scope.cluster,
    resource,
    namespace: resource.namespaced && scope.namespace ? scope.namespace : undefined,
  };
}

/** Where one object of a scope lives, also when the scope is all namespaces. */
export const placeFor = (scope: Scope, resource: Place["resource"], namespace: string | undefined): Place =>
  placeOf({ cluster: scope.cluster, namespace: namespace ?? scope.namespace }, resource);

/**
 * Where an object of a YAML text belongs: in a business nobody slips into another namespace by a line of it. Throws a StatusError
 * when the cluster serves no such kind.
 */
export function placeOfObject(scope: Scope, resources: readonly Resource[], object: KubeObject): Place {
  const { apiVersion = "", kind = "", metadata } = object;
  const resource = findKind(resources, apiVersion, kind);
  if (!resource) throw new StatusError({ kind: "Status", code: 400, message: t("error.noKind", { kind }) });
  const asked = scope.portal === "business" ? undefined : metadata.namespace;
  return placeFor(scope, resource, asked ?? (scope.namespace || "default"));
}

/** Addresses of an object: in the scope of all namespaces its own namespace is taken. */
export function objectAddress(scope: Scope, resource: string, name: string, namespace?: string): string {
  const base = scope.portal === "platform" && namespace ? platformBase(scope.cluster, namespace) : scope.base;
  return `${base}/${resource}/${encodeURIComponent(name)}`;
}

export function useResource(id: string): { resource: Resource | undefined; loading: boolean } {
  const { cluster } = useScope();
  const resources = useResources(cluster);
  return useMemo(() => ({ resource: resources && find(resources, id), loading: !resources }), [resources, id]);
}

const lastKey = "ordinal.last";

/** The business and namespace that were chosen last, on this browser. */
export function rememberScope(scope: Scope): void {
  const all = { ...lastScopes(), [scope.portal]: scope.base };
  localStorage.setItem(lastKey, JSON.stringify(all));
}

function lastScopes(): { business?: string; platform?: string } {
  try {
    return JSON.parse(localStorage.getItem(lastKey) ?? "{}") as { business?: string; platform?: string };
  } catch {
    return {};
  }
}

/** Where the application pages of a portal begin: what was chosen last if it is still there, else the first. */
export function startOf(portal: Portal, which: "business" | "platform"): string | undefined {
  const last = lastScopes()[which];
  const bases =
    which === "business"
      ? portal.businesses.flatMap((b) =>
          b.namespaces.filter(usable).map((n) => businessBase(b.name, n.cluster, n.namespace)),
        )
      : portal.clusters.map((c) => platformBase(c.id, ""));
  if (last && (bases.includes(last) || (which === "platform" && bases.some((b) => last.startsWith(b.slice(0, -1))))))
    return last;
  return bases[0];
}

export const usable = (n: { phase: string }) => n.phase === "Available";

/** The application pages: the first thing that members come for. */
export function applicationOf(portal: Portal): string {
  const start = startOf(portal, "business");
  return start ? `${start}/statefulsets.apps` : "/b";
}

/** Where somebody is sent who opened a portal that is not for him; undefined when he may stay. */
export function redirected(portal: Portal, which: "business" | "platform"): string | undefined {
  const member = portal.businesses.length > 0;
  if (!portal.administrator && !member) return "/blank";
  if (which === "platform") return portal.administrator ? undefined : applicationOf(portal);
  return member ? undefined : "/p/clusters";
}
