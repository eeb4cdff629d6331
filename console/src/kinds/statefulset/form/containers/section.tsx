import { dnsLabel } from "../../../../parts/names";
import { parseQuantity } from "../../../../parts/quantity";
import { t } from "../../../../i18n/text";
import { volumeNames, type Manifest } from "../manifest";
import type { FormProblem, Section } from "../section";
import { Fields } from "./Fields";
import { probeNames, read, write, type Containers, type ContainerView } from "./view";

/** Letters, digits and underscores, not a digit first, as the guide says; dots and dashes are Kubernetes' own. */
const envRule = /^[A-Za-z_][-._A-Za-z0-9]*$/;

function rules(view: Containers, { set }: Manifest): FormProblem[] {
  const volumes = volumeNames(set);
  const names = [...view.main, ...view.init].map((c) => c.name);
  const of = (kind: string) => (c: ContainerView, i: number) => containerRules(`${kind}[${i}]`, c, names, volumes);
  return [
    ...(view.main.length === 0 ? [{ field: "containers", message: t("rule.oneContainer") }] : []),
    ...view.main.flatMap(of("containers")),
    ...view.init.flatMap(of("initContainers")),
  ];
}

function containerRules(
  path: string,
  c: ContainerView,
  names: readonly string[],
  volumes: readonly string[],
): FormProblem[] {
  const problems: FormProblem[] = [];
  const say = (field: string, message: string, hint = false) =>
    problems.push({ field: `${path}.${field}`, message, ...(hint ? { hint } : {}) });
  if (!dnsLabel.test(c.name)) say("name", t(c.name === "" ? "rule.required" : "rule.volumeName"));
  else if (names.filter((n) => n === c.name).length > 1) say("name", t("rule.unique"));
  if (c.image.trim() === "" || /\s/.test(c.image)) say("image", t("rule.required"));
  if (Object.entries(c.resources).some(([k, v]) => v !== "" && !k.includes("gpu") && parseQuantity(v) === undefined))
    say("resources", t("rule.quantity"));
  if (c.mounts.some((m) => m.name === "" || m.mountPath === "")) say("volumeMounts", t("rule.mount"));
  else if (new Set(c.mounts.map((m) => m.mountPath)).size < c.mounts.length) say("volumeMounts", t("rule.unique"));
  else if (c.mounts.some((m) => !volumes.includes(m.name))) say("volumeMounts", t("rule.noVolume"));
  if (c.env.some((e) => !envRule.test(e.name))) say("env", t("rule.env"));
  else if (new Set(c.env.map((e) => e.name)).size < c.env.length) say("env", t("rule.unique"), true);
  if (c.env.some((e) => ["configMap", "secret"].includes(e.type) && (e.value === "" || e.key === "")))
    say("env", t("rule.choose"));
  if (c.envFrom.some((e) => e.name === "")) say("envFrom", t("rule.choose"));
  if (c.workingDir !== "" && !c.workingDir.startsWith("/")) say("workingDir", t("rule.absolute"), true);
  for (const name of probeNames) {
    const p = c.probes[name];
    if (p.type === "exec" && p.command.trim() === "") say(name, t("rule.required"));
    if ((p.type === "httpGet" || p.type === "tcpSocket") && !/^(\d{1,5}|[a-z][-a-z0-9]*)$/.test(p.port))
      say(name, t("rule.port"));
  }
  return problems;
}

const shown = [
  ...[
    "name",
    "image",
    "resources",
    "workingDir",
    "command",
    "args",
    "imagePullPolicy",
    "securityContext.privileged",
    "securityContext.capabilities",
  ],
  ...[
    "volumeMounts.*.name",
    "volumeMounts.*.mountPath",
    "volumeMounts.*.subPath",
    "volumeMounts.*.readOnly",
    "envFrom.*.configMapRef.name",
    "envFrom.*.secretRef.name",
  ],
  ...[
    "env.*.name",
    "env.*.value",
    "env.*.valueFrom.configMapKeyRef",
    "env.*.valueFrom.secretKeyRef",
    "env.*.valueFrom.fieldRef",
    "lifecycle.preStop.exec",
  ],
  ...probeNames.flatMap((p) =>
    [
      "tcpSocket",
      "httpGet",
      "exec",
      "initialDelaySeconds",
      "timeoutSeconds",
      "periodSeconds",
      "successThreshold",
      "failureThreshold",
    ].map((k) => `${p}.${k}`),
  ),
];

export const containers: Section<Containers> = {
  id: "containers",
  title: () => t("form.containers"),
  read,
  write,
  rules,
  shows: [
    ...shown.map((s) => `spec.template.spec.containers.*.${s}`),
    ...[...shown, "restartPolicy"].map((s) => `spec.template.spec.initContainers.*.${s}`),
  ],
  Fields,
};
