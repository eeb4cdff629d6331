import { useList, useObject } from "../../kube/hooks";
import { collectionPath } from "../../kube/path";
import { request, type StatusError } from "../../kube/request";
import { useConsole } from "../../parts/scope";
import {
  bindingPlace,
  namespacePlace,
  projectPlace,
  type BusinessNamespace,
  type PolicyBinding,
  type Project,
} from "./objects";

export interface BusinessState {
  id: string;
  displayName: string;
  project: Project | undefined;
  projectError: StatusError | undefined;
  namespaces: readonly BusinessNamespace[];
  namespacesError: StatusError | undefined;
  bindings: readonly PolicyBinding[];
  bindingsError: StatusError | undefined;
  loading: boolean;
  /** Administrators of the platform: they alone write projects. */
  administrator: boolean;
  /** Shows what changes namespaces and members; whether it may be done, the cluster says. */
  owner: boolean;
  /** As they are this moment: several writes of one after the other must each build on the last. */
  freshBindings: () => Promise<readonly PolicyBinding[]>;
}

/** One business as its pages show it, followed by watches: members may watch their own project and no other. */
export function useBusiness(id: string): BusinessState {
  const { portal } = useConsole();
  const { administrator } = portal;
  const mine = portal.businesses.find((b) => b.name === id);
  const project = useObject<Project>(projectPlace, id);
  const namespaces = useList<BusinessNamespace>(namespacePlace(id));
  const bindings = useList<PolicyBinding>(bindingPlace(id));
  return {
    id,
    displayName: project.object?.spec.displayName || mine?.displayName || id,
    project: project.object,
    projectError: project.error,
    namespaces: namespaces.items,
    namespacesError: namespaces.error,
    bindings: bindings.items,
    bindingsError: bindings.error,
    loading: project.loading || namespaces.loading,
    administrator,
    owner: administrator || mine?.role === "admin",
    freshBindings: async () => (await request<{ items: PolicyBinding[] }>(collectionPath(bindingPlace(id)))).items,
  };
}
