import { builtin, type Place } from "../../kube/path";
import type { KubeObject } from "../../kube/types";

/** The cluster that keeps the businesses. */
export const hub = "global";

/** Quota keys with their quantities; empty means unlimited. */
export type Hard = Readonly<Record<string, string | number>>;

interface Phased {
  phase?: string;
  reason?: string;
  message?: string;
}

export interface Project extends KubeObject {
  spec: { displayName?: string; members?: string[]; clusters?: Readonly<Record<string, { hard?: Hard }>> };
  status?: Phased & { clusters?: Readonly<Record<string, { hard?: Hard; used?: Hard }>> };
}

export interface BusinessNamespace extends KubeObject {
  spec: { clusterName: string; namespace: string; hard?: Hard };
  status?: Phased & { hard?: Hard; used?: Hard };
}

export interface PolicyBinding extends KubeObject {
  spec: { projectID?: string; policyID: string; users?: string[]; groups?: string[] };
  status?: Phased;
}

export const projects = builtin("business.tkestack.io", "v1", "projects", "Project", false);
const namespaces = builtin("business.tkestack.io", "v1", "namespaces", "Namespace");
const bindings = builtin("auth.tkestack.io", "v1", "projectpolicybindings", "ProjectPolicyBinding");

export const projectPlace: Place = { cluster: hub, resource: projects };
/** A business's own namespace on the hub has its name. Without a business: those of all. */
export const namespacePlace = (business?: string): Place => ({
  cluster: hub,
  resource: namespaces,
  namespace: business,
});
export const bindingPlace = (business?: string): Place => ({ cluster: hub, resource: bindings, namespace: business });

/** Roles that administrators made: ClusterRoles of the hub with a label. */
export const policyPlace: Place = {
  cluster: hub,
  resource: builtin("rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole", false),
};
export const policySelector = "business.tkestack.io/policy=true";

export const businessAt = (portal: "business" | "platform", name: string) =>
  `${portal === "platform" ? "/p/businesses" : "/b"}/${encodeURIComponent(name)}`;

/** What a phase looks like: green when it can be used, red when something failed, busy while somebody works on it. */
export function toneOf(phase: string | undefined): { tone: "good" | "warn" | "bad" | "quiet"; busy: boolean } {
  switch (phase) {
    case "Active":
    case "Available":
      return { tone: "good", busy: false };
    case "Failed":
      return { tone: "bad", busy: false };
    case "Terminating":
      return { tone: "quiet", busy: true };
    default:
      return { tone: "warn", busy: true };
  }
}
