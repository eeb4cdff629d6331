import type { Json } from "../../../../parts/manifest";
import { at, list, numberOrText, orNothing, text, texts, type Manifest, type Path, type Tree } from "../manifest";

export interface Mount {
  at?: number;
  name: string;
  mountPath: string;
  subPath: string;
  readOnly: boolean;
}

export const envTypes = ["value", "configMap", "secret", "field"] as const;
export interface Env {
  at?: number;
  name: string;
  type: (typeof envTypes)[number] | "other";
  /** The value, or the name of what is referred to, or the field's path. */
  value: string;
  key: string;
}

export interface EnvFrom {
  at?: number;
  type: "configMapRef" | "secretRef";
  name: string;
}

export const probeTypes = ["tcpSocket", "httpGet", "exec"] as const;
export const probeNumbers = [
  "initialDelaySeconds",
  "timeoutSeconds",
  "periodSeconds",
  "successThreshold",
  "failureThreshold",
] as const;
export interface Probe {
  type: "" | (typeof probeTypes)[number] | "other";
  port: string;
  path: string;
  scheme: string;
  command: string;
  numbers: Readonly<Record<(typeof probeNumbers)[number], string>>;
}

export const probeNames = ["livenessProbe", "readinessProbe", "startupProbe"] as const;
type ProbeName = (typeof probeNames)[number];

const resourceFields = [
  "requests.cpu",
  "limits.cpu",
  "requests.memory",
  "limits.memory",
  "limits.nvidia.com/gpu",
] as const;
export type ResourceField = (typeof resourceFields)[number];

export interface ContainerView {
  at?: number;
  name: string;
  image: string;
  sidecar: boolean;
  mounts: readonly Mount[];
  resources: Readonly<Record<ResourceField, string>>;
  env: readonly Env[];
  envFrom: readonly EnvFrom[];
  workingDir: string;
  command: string;
  args: string;
  imagePullPolicy: string;
  probes: Readonly<Record<ProbeName, Probe>>;
  privileged: boolean;
  capabilitiesAdd: string;
  capabilitiesDrop: string;
  preStop: string;
}

export interface Containers {
  main: readonly ContainerView[];
  init: readonly ContainerView[];
}

const paths = {
  main: ["spec", "template", "spec", "containers"],
  init: ["spec", "template", "spec", "initContainers"],
} as const;

export const read = ({ set }: Manifest): Containers => ({
  main: list(at(set, ...paths.main)).map(readContainer),
  init: list(at(set, ...paths.init)).map(readContainer),
});

export const emptyContainer: ContainerView = {
  ...readContainer({}, 0),
  resources: {
    "requests.cpu": "250m",
    "limits.cpu": "500m",
    "requests.memory": "256Mi",
    "limits.memory": "1024Mi",
    "limits.nvidia.com/gpu": "",
  },
};

function resourcePath(field: ResourceField): Path {
  const dot = field.indexOf(".");
  return ["resources", field.slice(0, dot), field.slice(dot + 1)];
}

function readContainer(c: Tree, index: number): ContainerView {
  return {
    at: index,
    name: text(c["name"]),
    image: text(c["image"]),
    sidecar: c["restartPolicy"] === "Always",
    mounts: list(c["volumeMounts"]).map((m, i) => ({
      at: i,
      name: text(m["name"]),
      mountPath: text(m["mountPath"]),
      subPath: text(m["subPath"]),
      readOnly: m["readOnly"] === true,
    })),
    resources: Object.fromEntries(resourceFields.map((f) => [f, text(at(c, ...resourcePath(f)))])) as Record<
      ResourceField,
      string
    >,
    env: list(c["env"]).map(readEnv),
    envFrom: list(c["envFrom"]).map((e, i) => {
      const type = "secretRef" in e ? ("secretRef" as const) : ("configMapRef" as const);
      return { at: i, type, name: text(at(e, type, "name")) };
    }),
    workingDir: text(c["workingDir"]),
    command: inLines(texts(c["command"])),
    args: inLines(texts(c["args"])),
    imagePullPolicy: text(c["imagePullPolicy"]),
    probes: Object.fromEntries(probeNames.map((n) => [n, readProbe(c[n])])) as Record<ProbeName, Probe>,
    privileged: at(c, "securityContext", "privileged") === true,
    capabilitiesAdd: texts(at(c, "securityContext", "capabilities", "add")).join(" "),
    capabilitiesDrop: texts(at(c, "securityContext", "capabilities", "drop")).join(" "),
    preStop: inLines(texts(at(c, "lifecycle", "preStop", "exec", "command"))),
  };
}

function readEnv(e: Tree, index: number): Env {
  const base = { at: index, name: text(e["name"]) };
  const from = e["valueFrom"];
  if (from === undefined) return { ...base, type: "value", value: text(e["value"]), key: "" };
  const configMap = at(from, "configMapKeyRef");
  if (configMap)
    return { ...base, type: "configMap", value: text(at(configMap, "name")), key: text(at(configMap, "key")) };
  const secret = at(from, "secretKeyRef");
  if (secret) return { ...base, type: "secret", value: text(at(secret, "name")), key: text(at(secret, "key")) };
  const field = at(from, "fieldRef");
  return { ...base, type: field ? "field" : "other", value: text(at(field, "fieldPath")), key: "" };
}

function readProbe(p: Json | undefined): Probe {
  const type = p === undefined ? "" : (probeTypes.find((k) => at(p, k) !== undefined) ?? "other");
  return {
    type,
    port: text(at(p, type, "port")),
    path: text(at(p, "httpGet", "path")),
    scheme: text(at(p, "httpGet", "scheme")),
    command: inLines(texts(at(p, "exec", "command"))),
    numbers: Object.fromEntries(probeNumbers.map((n) => [n, text(at(p, n))])) as Probe["numbers"],
  };
}

export function write(manifest: Manifest, view: Containers): void {
  const before = read(manifest);
  for (const kind of ["main", "init"] as const) {
    manifest.putList(paths[kind], view[kind], (path, container) => {
      const old = before[kind].find((c) => c.at === container.at && container.at !== undefined);
      writeContainer(manifest, path, container, old, kind === "init");
    });
  }
}

/** One entry a line; what would not fit on a line of its own stands in quotes, as JSON writes it. */
function inLines(entries: readonly string[]): string {
  const inQuotes = (e: string) => e === "" || e.includes("\n") || e.startsWith('"');
  return entries.map((e) => (inQuotes(e) ? JSON.stringify(e) : e)).join("\n");
}

const lines = (value: string): string[] | undefined => {
  const all = value.split("\n").filter((line) => line !== "");
  return all.length === 0 ? undefined : all.map(entry);
};

function entry(line: string): string {
  if (!line.startsWith('"')) return line;
  try {
    return String(JSON.parse(line));
  } catch {
    return line;
  }
}

const words = (value: string): string[] | undefined => {
  const all = value.split(/[\s,]+/).filter(Boolean);
  return all.length === 0 ? undefined : all;
};

function writeContainer(
  manifest: Manifest,
  path: Path,
  c: ContainerView,
  old: ContainerView | undefined,
  init: boolean,
): void {
  const put = (key: Path, value: Json | undefined) => manifest.put([...path, ...key], value);
  /** Only what the user changed is written: the document's own way of saying the rest stays. */
  const changed = <K extends keyof ContainerView>(key: K) => old === undefined || old[key] !== c[key];
  if (changed("name")) put(["name"], c.name);
  if (changed("image")) put(["image"], c.image);
  if (init && changed("sidecar")) put(["restartPolicy"], c.sidecar ? "Always" : undefined);
  for (const field of resourceFields) {
    if (old?.resources[field] !== c.resources[field])
      put(
        resourcePath(field),
        field.includes("gpu") ? numberOrText(c.resources[field]) : orNothing(c.resources[field]),
      );
  }
  if (changed("workingDir")) put(["workingDir"], orNothing(c.workingDir));
  if (changed("command")) put(["command"], lines(c.command));
  if (changed("args")) put(["args"], lines(c.args));
  if (changed("imagePullPolicy")) put(["imagePullPolicy"], orNothing(c.imagePullPolicy));
  if (changed("privileged")) put(["securityContext", "privileged"], c.privileged || undefined);
  if (changed("capabilitiesAdd")) put(["securityContext", "capabilities", "add"], words(c.capabilitiesAdd));
  if (changed("capabilitiesDrop")) put(["securityContext", "capabilities", "drop"], words(c.capabilitiesDrop));
  if (changed("preStop")) put(["lifecycle", "preStop", "exec", "command"], lines(c.preStop));
  for (const name of probeNames) writeProbe(put, name, c.probes[name], old?.probes[name]);
  manifest.putList([...path, "env"], c.env, (at, env) =>
    writeEnv(
      manifest,
      at,
      env,
      old?.env.find((e) => e.at === env.at),
    ),
  );
  manifest.putList([...path, "envFrom"], c.envFrom, (at, from) => {
    const same = old?.envFrom.find((e) => e.at === from.at);
    if (same?.type !== from.type)
      manifest.put([...at, from.type === "secretRef" ? "configMapRef" : "secretRef"], undefined);
    if (same?.type !== from.type || same.name !== from.name) manifest.put([...at, from.type, "name"], from.name);
  });
  manifest.putList([...path, "volumeMounts"], c.mounts, (at, mount) => {
    const same = old?.mounts.find((m) => m.at === mount.at);
    manifest.put([...at, "name"], mount.name);
    manifest.put([...at, "mountPath"], mount.mountPath);
    if (same?.subPath !== mount.subPath) manifest.put([...at, "subPath"], orNothing(mount.subPath));
    if ((same?.readOnly ?? false) !== mount.readOnly) manifest.put([...at, "readOnly"], mount.readOnly || undefined);
  });
}

function writeEnv(manifest: Manifest, path: Path, env: Env, old: Env | undefined): void {
  if (old && old.type === env.type && old.name === env.name && old.value === env.value && old.key === env.key) return;
  const put = (key: Path, value: Json | undefined) => manifest.put([...path, ...key], value);
  put(["name"], env.name);
  if (env.type === "other" || (old && old.type === env.type && old.value === env.value && old.key === env.key)) return;
  if (old?.type !== env.type) put([env.type === "value" ? "valueFrom" : "value"], undefined);
  switch (env.type) {
    case "value":
      return put(["value"], env.value);
    case "configMap":
    case "secret": {
      const ref = env.type === "configMap" ? "configMapKeyRef" : "secretKeyRef";
      if (old?.type !== env.type) put(["valueFrom"], undefined);
      put(["valueFrom", ref, "name"], env.value);
      return put(["valueFrom", ref, "key"], env.key);
    }
    case "field":
      if (old?.type !== env.type) put(["valueFrom"], undefined);
      return put(["valueFrom", "fieldRef", "fieldPath"], env.value);
  }
}

function writeProbe(
  put: (key: Path, value: Json | undefined) => void,
  name: ProbeName,
  p: Probe,
  old: Probe | undefined,
): void {
  if (JSON.stringify(old) === JSON.stringify(p)) return;
  if (p.type === "") return put([name], undefined);
  if (p.type !== "other") {
    for (const type of [...probeTypes, "grpc"]) if (type !== p.type) put([name, type], undefined);
    if (p.type === "exec") put([name, "exec", "command"], lines(p.command) ?? []);
    else put([name, p.type, "port"], numberOrText(p.port) ?? "");
    if (p.type === "httpGet") {
      put([name, "httpGet", "path"], orNothing(p.path));
      put([name, "httpGet", "scheme"], orNothing(p.scheme));
    }
  }
  for (const n of probeNumbers) put([name, n], numberOrText(p.numbers[n]));
}

/** `host:5000/repo:tag@digest` taken apart: the tag carries the digest. */
export function splitImage(image: string): { repository: string; tag: string } {
  const [, repository = image, tag = "", digest = ""] =
    /^(.*?)(?::([\w][\w.-]*))?(@sha256:[0-9a-f]+)?$/.exec(image.trim()) ?? [];
  return { repository, tag: tag + digest };
}

export const joinImage = (repository: string, tag: string) =>
  tag === "" ? repository : tag.startsWith("@") ? repository + tag : `${repository}:${tag}`;

/** The guide's rule for an unset policy. */
export const impliedPolicy = (image: string) =>
  ["", "latest"].includes(splitImage(image).tag) ? "Always" : "IfNotPresent";
