import { AffinityField } from "../../../../parts/AffinityField";
import { t } from "../../../../i18n/text";
import { Field, Notice } from "../../../../ui/pieces";
import type { Document } from "yaml";
import type { Json } from "../../../../parts/manifest";
import { at, list, numberOrText, text, type Manifest, type Path, type Tree } from "../manifest";
import { PortRows } from "../../../../parts/PortRows";
import { isTimeout, newPort, portName, portProblems, type Port } from "../../../../parts/servicePorts";
import type { FieldsProps, FormProblem, Section } from "../section";

export interface ServiceView {
  enabled: boolean;
  access: "ClusterIP" | "NodePort";
  headless: boolean;
  ports: readonly Port[];
  affinity: boolean;
  timeout: string;
}

const nameOf = ({ set }: Manifest) => text(at(set, "metadata", "name"));

/** What was read from the documents; ports of a hand-written Service keep their names unless they are changed here. */
function read(manifest: Manifest): ServiceView {
  const name = nameOf(manifest);
  const main = manifest.find("Service", name);
  return {
    enabled: main !== undefined,
    access: at(main, "spec", "type") === "NodePort" ? "NodePort" : "ClusterIP",
    headless: at(main, "spec", "clusterIP") === "None",
    ports: list(at(main, "spec", "ports")).map((p, i) => ({
      at: i,
      protocol: text(p["protocol"]) || "TCP",
      containerPort: text(p["targetPort"]) || text(p["port"]),
      port: text(p["port"]),
      nodePort: text(p["nodePort"]),
    })),
    affinity: at(main, "spec", "sessionAffinity") === "ClientIP",
    timeout: text(at(main, "spec", "sessionAffinityConfig", "clientIP", "timeoutSeconds")),
  };
}

/**
 * Headless alone is `{name}`. Otherwise `{name}` is for clients and `{name}-headless` governs the pods' names: the original could
 * not have both.
 */
function write(manifest: Manifest, view: ServiceView): void {
  const before = read(manifest);
  if (JSON.stringify(before) === JSON.stringify(view)) return;
  const name = nameOf(manifest);
  const governing = `${name}-headless`;
  if (!view.enabled) {
    manifest.drop("Service", name);
    manifest.drop("Service", governing);
    return manifest.put(["spec", "serviceName"], undefined);
  }
  const namespace = at(manifest.set, "metadata", "namespace");
  const start = (serviceName: string, spec: Tree): Tree => ({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: serviceName, ...(namespace === undefined ? {} : { namespace }), labels: { app: name } },
    spec: { ...spec, selector: { app: name } },
  });
  const main = manifest.ensure("Service", name, start(name, {}));
  const headless = view.headless && view.access === "ClusterIP";
  manifest.put(["spec", "clusterIP"], headless ? "None" : undefined, main);
  manifest.put(["spec", "type"], view.access === "NodePort" ? "NodePort" : undefined, main);
  if (before.affinity !== (view.affinity && !headless))
    manifest.put(["spec", "sessionAffinity"], view.affinity && !headless ? "ClientIP" : undefined, main);
  manifest.put(
    ["spec", "sessionAffinityConfig", "clientIP", "timeoutSeconds"],
    view.affinity && !headless ? numberOrText(view.timeout) : undefined,
    main,
  );
  writePorts(manifest, view, before, main);
  if (headless) {
    manifest.drop("Service", governing);
    return manifest.put(["spec", "serviceName"], name);
  }
  const present = manifest.document("Service", governing) !== undefined;
  const second = manifest.ensure("Service", governing, start(governing, { clusterIP: "None" }));
  if (!present || JSON.stringify(before.ports) !== JSON.stringify(view.ports)) {
    const ports = list(at(manifest.find("Service", name), "spec", "ports")).map(({ nodePort: _, ...port }) => port);
    manifest.put(["spec", "ports"], ports.length > 0 ? ports : undefined, second);
  }
  manifest.put(["spec", "serviceName"], governing);
}

/** Names that the form gave follow their ports; hand-written ones stay; none is needed for a single port. */
function writePorts(manifest: Manifest, view: ServiceView, before: ServiceView, main: Document): void {
  const write = (path: Path, p: Port) => {
    const put = (key: string, value: Json | undefined) => manifest.put([...path, key], value, main);
    const now = (key: string) => text(main.getIn([...path, key]) as Json | undefined);
    const old = before.ports.find((o) => o.at === p.at && o.at !== undefined);
    const ours = !old || (now("name") === "" ? view.ports.length > 1 : now("name") === portName(old));
    if (ours) put("name", portName(p));
    if (old?.protocol !== p.protocol) put("protocol", p.protocol);
    if (now("port") !== p.port) put("port", numberOrText(p.port) ?? "");
    if (!old || (now("targetPort") || p.port) !== p.containerPort)
      put("targetPort", numberOrText(p.containerPort) ?? "");
    if (view.access === "NodePort" ? now("nodePort") !== p.nodePort : now("nodePort") !== "")
      put("nodePort", view.access === "NodePort" ? numberOrText(p.nodePort) : undefined);
  };
  manifest.putList(["spec", "ports"], view.ports, write, main);
}

function rules(view: ServiceView): FormProblem[] {
  if (!view.enabled) return [];
  const problems: FormProblem[] = [];
  if (view.ports.length === 0 && !(view.headless && view.access === "ClusterIP"))
    problems.push({ field: "service.ports", message: t("rule.onePort") });
  portProblems(view.ports, view.access === "NodePort").forEach((message, i) => {
    if (message) problems.push({ field: `service.ports[${i}]`, message });
  });
  if (view.affinity && view.timeout !== "" && !isTimeout(view.timeout))
    problems.push({ field: "service.timeout", message: t("rule.timeout") });
  return problems;
}

function Fields({ view, manifest, change, problem }: FieldsProps<ServiceView>) {
  const set = (part: Partial<ServiceView>) => change({ ...view, ...part });
  const name = nameOf(manifest) || "…";
  return (
    <>
      <Field name="Service">
        {(ids) => (
          <label className="choice" style={{ paddingTop: 6 }}>
            <input
              {...ids}
              type="checkbox"
              checked={view.enabled}
              onChange={(e) =>
                set({
                  enabled: e.target.checked,
                  ...(e.target.checked && view.ports.length === 0
                    ? { ports: [{ ...newPort, containerPort: "80", port: "80" }] }
                    : {}),
                })
              }
            />
            {t("service.enable")}
          </label>
        )}
      </Field>
      {!view.enabled && <Notice tone="warn">{t("service.noNames")}</Notice>}
      {view.enabled && (
        <>
          <Field name={t("service.access")}>
            {() => (
              <div className="row wrap" style={{ paddingTop: 5 }}>
                <label className="choice">
                  <input
                    type="radio"
                    name="access"
                    checked={view.access === "ClusterIP"}
                    onChange={() => set({ access: "ClusterIP" })}
                  />
                  {t("service.clusterIP")}
                </label>
                <label className="choice">
                  <input
                    type="radio"
                    name="access"
                    checked={view.access === "NodePort"}
                    onChange={() => set({ access: "NodePort", headless: false })}
                  />
                  {t("service.nodePort")}
                </label>
              </div>
            )}
          </Field>
          {view.access === "ClusterIP" && (
            <Field
              name="Headless Service"
              hint={view.headless ? t("service.headlessHint") : t("service.bothHint", { name })}
            >
              {(ids) => (
                <input
                  {...ids}
                  type="checkbox"
                  checked={view.headless}
                  onChange={(e) => set({ headless: e.target.checked })}
                />
              )}
            </Field>
          )}
          {view.access === "NodePort" && <Notice>{t("service.bothHint", { name })}</Notice>}
          <Field name={t("service.ports")} problem={problem("service.ports")}>
            {() => (
              <PortRows
                ports={view.ports}
                nodePorts={view.access === "NodePort"}
                onChange={(ports) => set({ ports })}
                problem={(i) => problem(`service.ports[${i}]`)}
              />
            )}
          </Field>
          {!view.headless && (
            <AffinityField
              affinity={view.affinity}
              timeout={view.timeout}
              problem={problem("service.timeout")}
              onChange={set}
            />
          )}
        </>
      )}
    </>
  );
}

export const service: Section<ServiceView> = {
  id: "service",
  title: () => t("service.title"),
  read,
  write,
  rules,
  shows: ["spec.serviceName"],
  Fields,
};
