import { t } from "../i18n/text";

/** A port of a Service as forms show it. */
export interface Port {
  /** Where it stood in the manifest. */
  at?: number;
  protocol: string;
  containerPort: string;
  port: string;
  nodePort: string;
}

/** Three hours, as Kubernetes has it. */
export const defaultTimeout = "10800";

export const newPort: Port = { protocol: "TCP", containerPort: "", port: "", nodePort: "" };

/** The name that a port gets when its author gave none. */
export const portName = (p: Port) => `${p.protocol}-${p.containerPort}-${p.port}`.toLowerCase();

const isPort = (value: string) => /^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= 65535;
const isName = (value: string) => /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(value);

/** What is wrong with each port; undefined where nothing is. */
export const portProblems = (ports: readonly Port[], nodePorts: boolean): (string | undefined)[] =>
  ports.map((p) => {
    if (!isPort(p.port) || !(isPort(p.containerPort) || isName(p.containerPort))) return t("rule.port");
    if (ports.filter((o) => o.port === p.port && o.protocol === p.protocol).length > 1) return t("rule.unique");
    if (!nodePorts || p.nodePort === "") return undefined;
    if (!(Number(p.nodePort) >= 30000 && Number(p.nodePort) <= 32767)) return t("rule.nodePort");
    const same = ports.filter((o) => o.nodePort === p.nodePort && o.protocol === p.protocol);
    return same.length > 1 ? t("rule.unique") : undefined;
  });

export const isTimeout = (value: string) => /^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= 86400;
