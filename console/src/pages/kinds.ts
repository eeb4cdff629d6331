import { later, type Later } from "../parts/later";

export interface KindPages {
  List?: Later<object>;
  Details?: Later<{ name: string }>;
  Create?: Later<object>;
  Edit?: Later<{ name: string }>;
}

const ConfigMap = later(() => import("../kinds/configmap/Form"));
const Service = later(() => import("../kinds/service/Form"));
const Secret = later(() => import("../kinds/secret/Form"));

/** Kinds that have pages of their own; every other kind has the generic ones. */
export const kinds: Readonly<Record<string, KindPages>> = {
  "statefulsets.apps": {
    List: later(() => import("../kinds/statefulset/List")),
    Details: later(() => import("../kinds/statefulset/Details")),
    Create: later(() => import("../kinds/statefulset/form/Form")),
  },
  services: { Create: Service, Edit: Service },
  configmaps: { Create: ConfigMap, Edit: ConfigMap },
  secrets: { Create: Secret, Edit: Secret },
  persistentvolumeclaims: { Create: later(() => import("../kinds/claim/Form")) },
  namespaces: { Create: later(() => import("../kinds/namespace/Form")) },
  nodes: { List: later(() => import("../kinds/node/List")) },
  pods: { Details: later(() => import("../kinds/pod/Details")) },
};
