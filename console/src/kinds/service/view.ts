import { t } from "../../i18n/text";
import type { Service } from "../../kube/types";
import { rowsOf, type Pair } from "../../parts/Pairs";
import { defaultTimeout, isTimeout, portName, portProblems, type Port } from "../../parts/servicePorts";

/** A Service as its form shows it. */
export interface ServiceView {
  name: string;
  description: string;
  type: string;
  headless: boolean;
  ports: readonly Port[];
  selector: readonly Pair[];
  trafficPolicy: string;
  affinity: boolean;
  timeout: string;
}

export const start: Service = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "" },
  spec: { ports: [{ port: 80, targetPort: 80, protocol: "TCP" }], selector: {} },
};

export function read({ metadata, spec }: Service): ServiceView {
  return {
    name: metadata.name,
    description: metadata.annotations?.["description"] ?? "",
    type: spec.type ?? "ClusterIP",
    headless: spec.clusterIP === "None",
    ports: (spec.ports ?? []).map((p, at) => ({
      at,
      protocol: p.protocol ?? "TCP",
      containerPort: String(p.targetPort ?? p.port),
      port: String(p.port),
      nodePort: p.nodePort === undefined ? "" : String(p.nodePort),
    })),
    selector: rowsOf(Object.entries(spec.selector ?? {})),
    trafficPolicy: spec.externalTrafficPolicy ?? "Cluster",
    affinity: spec.sessionAffinity === "ClientIP",
    timeout: String(spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? ""),
  };
}

/** Can it be reached at the nodes? */
export const isOutside = (view: ServiceView) => view.type === "NodePort" || view.type === "LoadBalancer";

const numeric = (text: string) => (/^\d+$/.test(text) ? Number(text) : text);

/** The Service that the view says; what the form does not show stays as it is. */
export function withView(service: Service, view: ServiceView): Service {
  const {
    clusterIP,
    externalTrafficPolicy: _t,
    sessionAffinity: _a,
    sessionAffinityConfig: _c,
    ...kept
  } = service.spec;
  const affinity = view.affinity && !view.headless;
  return {
    ...service,
    metadata: { ...service.metadata, name: view.name, ...annotations(service, view.description) },
    spec: {
      ...kept,
      type: view.type,
      ...(view.headless ? { clusterIP: "None" } : clusterIP && clusterIP !== "None" ? { clusterIP } : {}),
      selector: Object.fromEntries(view.selector.map(({ key, value }) => [key, value])),
      ports: view.ports.map((p) => portOf(service, view, p)),
      ...(isOutside(view) ? { externalTrafficPolicy: view.trafficPolicy } : {}),
      sessionAffinity: affinity ? "ClientIP" : "None",
      ...(affinity
        ? { sessionAffinityConfig: { clientIP: { timeoutSeconds: Number(view.timeout || defaultTimeout) } } }
        : {}),
    },
  };
}

function annotations(service: Service, description: string) {
  const { description: _, ...others } = service.metadata.annotations ?? {};
  const all = description === "" ? others : { ...others, description };
  return Object.keys(all).length > 0 || service.metadata.annotations ? { annotations: all } : {};
}

/** Names that the form gave follow their ports; hand-written ones stay; a single port needs none. */
function portOf(service: Service, view: ServiceView, port: Port) {
  const before = read(service).ports.find((p) => p.at === port.at && port.at !== undefined);
  const { nodePort: _, name, ...kept } = (before?.at !== undefined && service.spec.ports?.[before.at]) || { port: 0 };
  const ours = name === undefined ? view.ports.length > 1 : before !== undefined && name === portName(before);
  const shown = ours ? portName(port) : name;
  return {
    ...kept,
    ...(shown === undefined ? {} : { name: shown }),
    protocol: port.protocol,
    port: Number(port.port),
    targetPort: numeric(port.containerPort),
    ...(isOutside(view) && port.nodePort !== "" ? { nodePort: Number(port.nodePort) } : {}),
  };
}

export interface ServiceProblems {
  name?: string | undefined;
  ports?: string | undefined;
  port: readonly (string | undefined)[];
  timeout?: string | undefined;
}

export function problemsOf(view: ServiceView): ServiceProblems {
  const fine = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/.test(view.name);
  const none = view.ports.length === 0 && !view.headless && view.type !== "ExternalName";
  return {
    name: fine ? undefined : t("rule.name"),
    ports: none ? t("rule.onePort") : undefined,
    port: portProblems(view.ports, isOutside(view)),
    timeout: view.affinity && view.timeout !== "" && !isTimeout(view.timeout) ? t("rule.timeout") : undefined,
  };
}

export const isValid = ({ name, ports, port, timeout }: ServiceProblems) =>
  [name, ports, timeout, ...port].every((problem) => problem === undefined);
