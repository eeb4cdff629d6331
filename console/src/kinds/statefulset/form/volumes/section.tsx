import { parseQuantity } from "../../../../parts/quantity";
import { dnsLabel } from "../../../../parts/names";
import { t } from "../../../../i18n/text";
import { useList } from "../../../../kube/hooks";
import { known } from "../../../../kube/path";
import { placeOf, useScope } from "../../../../parts/scope";
import type { Json } from "../../../../parts/manifest";
import { at, list, orNothing, text, type Manifest, type Path, type Tree } from "../manifest";
import { Rows } from "../../../../parts/Pairs";
import type { FieldsProps, FormProblem, Section } from "../section";

const volumeTypes = [
  "emptyDir",
  "hostPath",
  "nfs",
  "configMap",
  "secret",
  "persistentVolumeClaim",
  "template",
] as const;
type VolumeType = (typeof volumeTypes)[number];

interface Volume {
  at?: number;
  type: VolumeType | "other";
  name: string;
  /** Path, `host:/path`, or the name of what is referred to; of a template its StorageClass. */
  source: string;
  /** hostPath's check, or a template's size. */
  detail: string;
}

const volumesPath = ["spec", "template", "spec", "volumes"];
const templatesPath = ["spec", "volumeClaimTemplates"];

function readVolume(volume: Tree, index: number): Volume {
  const type = volumeTypes.find((v) => v in volume) ?? "other";
  const sources: Readonly<Record<Volume["type"], () => string>> = {
    emptyDir: () => "",
    hostPath: () => text(at(volume, "hostPath", "path")),
    nfs: () => `${text(at(volume, "nfs", "server"))}:${text(at(volume, "nfs", "path"))}`,
    configMap: () => text(at(volume, "configMap", "name")),
    secret: () => text(at(volume, "secret", "secretName")),
    persistentVolumeClaim: () => text(at(volume, "persistentVolumeClaim", "claimName")),
    template: () => "",
    other: () => "",
  };
  return {
    at: index,
    type,
    name: text(volume["name"]),
    source: sources[type](),
    detail: text(at(volume, "hostPath", "type")),
  };
}

function readTemplate(template: Tree, index: number): Volume {
  return {
    at: index,
    type: "template",
    name: text(at(template, "metadata", "name")),
    source: text(at(template, "spec", "storageClassName")),
    detail: text(at(template, "spec", "resources", "requests", "storage")),
  };
}

function read({ set }: Manifest): Volume[] {
  return [...list(at(set, ...volumesPath)).map(readVolume), ...list(at(set, ...templatesPath)).map(readTemplate)];
}

function write(manifest: Manifest, view: readonly Volume[]): void {
  const { set } = manifest;
  manifest.putList(
    volumesPath,
    view.filter((v) => v.type !== "template"),
    (path, volume) => {
      manifest.put([...path, "name"], volume.name);
      const before =
        volume.at === undefined ? undefined : readVolume(list(at(set, ...volumesPath))[volume.at] ?? {}, volume.at);
      if (!before || before.source !== volume.source || before.detail !== volume.detail)
        writeSource(manifest, path, volume);
    },
  );
  manifest.putList(
    templatesPath,
    view.filter((v) => v.type === "template"),
    (path, volume) => {
      manifest.put([...path, "metadata", "name"], volume.name);
      if (volume.at === undefined) manifest.put([...path, "spec", "accessModes"], ["ReadWriteOnce"]);
      manifest.put([...path, "spec", "storageClassName"], orNothing(volume.source));
      manifest.put([...path, "spec", "resources", "requests", "storage"], orNothing(volume.detail));
    },
  );
}

function writeSource(manifest: Manifest, path: Path, { type, source, detail }: Volume): void {
  const put = (key: string, value: Json | undefined) => manifest.put([...path, type, key], value);
  switch (type) {
    case "emptyDir":
      return manifest.put([...path, "emptyDir"], {});
    case "hostPath":
      put("path", source);
      return put("type", orNothing(detail));
    case "nfs": {
      const colon = source.indexOf(":");
      put("server", colon < 0 ? source : source.slice(0, colon));
      return put("path", colon < 0 ? "" : source.slice(colon + 1));
    }
    case "configMap":
      return put("name", source);
    case "secret":
      return put("secretName", source);
    case "persistentVolumeClaim":
      return put("claimName", source);
    case "template":
    case "other":
      return;
  }
}

function rules(view: readonly Volume[], { set }: Manifest): FormProblem[] {
  const mounted = new Set(
    ["containers", "initContainers"].flatMap((kind) =>
      list(at(set, "spec", "template", "spec", kind)).flatMap((c) =>
        list(c["volumeMounts"]).map((m) => text(m["name"])),
      ),
    ),
  );
  return view.flatMap((volume, i) => {
    const field = `volumes[${i}]`;
    const problems: FormProblem[] = [];
    if (!dnsLabel.test(volume.name)) problems.push({ field, message: t("rule.volumeName") });
    else if (view.filter((v) => v.name === volume.name).length > 1) problems.push({ field, message: t("rule.unique") });
    if (volume.type === "hostPath" && !volume.source.startsWith("/"))
      problems.push({ field, message: t("rule.absolute") });
    if (volume.type === "nfs" && !/^[^:\s]+:\/\S*$/.test(volume.source))
      problems.push({ field, message: t("rule.nfs") });
    if (["configMap", "secret", "persistentVolumeClaim"].includes(volume.type) && volume.source === "")
      problems.push({ field, message: t("rule.choose") });
    if (volume.type === "template" && parseQuantity(volume.detail) === undefined)
      problems.push({ field, message: t("rule.size") });
    if (problems.length === 0 && !mounted.has(volume.name))
      problems.push({ field, message: t("rule.notMounted"), hint: true });
    return problems;
  });
}

const hostTypes = ["", "DirectoryOrCreate", "Directory", "FileOrCreate", "File", "Socket", "CharDevice", "BlockDevice"];

function Fields({ view, change, problem }: FieldsProps<Volume[]>) {
  const set = (i: number, part: Partial<Volume>) => change(view.map((v, j) => (j === i ? { ...v, ...part } : v)));
  const fresh = () => {
    const taken = new Set(view.map((v) => v.name));
    let name = "vol";
    for (let i = 1; taken.has(name); i++) name = `vol${i}`;
    return { type: "template", name, source: "", detail: "10Gi" } as const;
  };
  return (
    <Rows
      rows={view}
      add={t("form.addVolume")}
      onAdd={() => change([...view, fresh()])}
      onRemove={(i) => change(view.toSpliced(i, 1))}
    >
      {(volume, i) => (
        <>
          <select
            className="text"
            aria-label={t("form.volumeType")}
            value={volume.type}
            onChange={(e) => {
              const { at: _at, ...rest } = volume;
              change(
                view.map((v, j) =>
                  j === i
                    ? {
                        ...rest,
                        type: e.target.value as VolumeType,
                        source: "",
                        detail: e.target.value === "template" ? "10Gi" : "",
                      }
                    : v,
                ),
              );
            }}
          >
            {volumeTypes.map((type) => (
              <option key={type} value={type}>
                {t(`volume.${type}`)}
              </option>
            ))}
            {volume.type === "other" && <option value="other">{t("volume.other")}</option>}
          </select>
          <input
            className="text"
            style={{ width: 150 }}
            aria-label={t("column.name")}
            placeholder={t("form.volumeName")}
            value={volume.name}
            onChange={(e) => set(i, { name: e.target.value.trim() })}
          />
          <Source volume={volume} set={(part) => set(i, part)} />
          {problem(`volumes[${i}]`) && (
            <div className="bad" style={{ width: "100%", order: 1 }}>
              {problem(`volumes[${i}]`)}
            </div>
          )}
        </>
      )}
    </Rows>
  );
}

function Source({ volume, set }: { volume: Volume; set: (part: Partial<Volume>) => void }) {
  switch (volume.type) {
    case "emptyDir":
    case "other":
      return null;
    case "hostPath":
      return (
        <>
          <input
            className="text"
            style={{ width: 220 }}
            aria-label={t("volume.hostPath")}
            placeholder="/data"
            value={volume.source}
            onChange={(e) => set({ source: e.target.value })}
          />
          <select
            className="text"
            aria-label={t("form.hostPathType")}
            value={volume.detail}
            onChange={(e) => set({ detail: e.target.value })}
          >
            {hostTypes.map((h) => (
              <option key={h} value={h}>
                {h || "NoChecks"}
              </option>
            ))}
          </select>
        </>
      );
    case "nfs":
      return (
        <input
          className="text"
          style={{ width: 260 }}
          aria-label="NFS"
          placeholder="127.0.0.1:/data"
          value={volume.source === ":" ? "" : volume.source}
          onChange={(e) => set({ source: e.target.value })}
        />
      );
    case "configMap":
      return <Names resource="configmaps" value={volume.source} set={(source) => set({ source })} label="ConfigMap" />;
    case "secret":
      return <Names resource="secrets" value={volume.source} set={(source) => set({ source })} label="Secret" />;
    case "persistentVolumeClaim":
      return <Names resource="claims" value={volume.source} set={(source) => set({ source })} label="PVC" />;
    case "template":
      return (
        <>
          <Names
            resource="storageclasses"
            value={volume.source}
            set={(source) => set({ source })}
            label="StorageClass"
            empty={t("form.defaultClass")}
          />
          <input
            className="text"
            style={{ width: 90 }}
            aria-label={t("claim.size")}
            value={volume.detail}
            onChange={(e) => set({ detail: e.target.value.trim() })}
          />
        </>
      );
  }
}

interface NamesProps {
  resource: "configmaps" | "secrets" | "claims" | "storageclasses";
  value: string;
  label: string;
  empty?: string;
  set: (name: string) => void;
}

/** One of the objects that are there now. */
export function Names({ resource, value, label, empty, set }: NamesProps) {
  // As a Table, which has the names and not what a Secret keeps.
  const { items } = useList(placeOf(useScope(), known[resource]), { table: true });
  const names = [...new Set([...items.map((o) => o.metadata.name), ...(value ? [value] : [])])].sort();
  return (
    <select
      className="text"
      style={{ minWidth: 160 }}
      aria-label={label}
      value={value}
      onChange={(e) => set(e.target.value)}
    >
      <option value="">{empty ?? t("form.choose", { what: label })}</option>
      {names.map((n) => (
        <option key={n}>{n}</option>
      ))}
    </select>
  );
}

export const volumes: Section<Volume[]> = {
  id: "volumes",
  title: () => t("form.volumesTitle"),
  read,
  write,
  rules,
  shows: [
    ...[
      "name",
      "emptyDir",
      "hostPath",
      "nfs",
      "configMap.name",
      "secret.secretName",
      "persistentVolumeClaim.claimName",
    ].map((k) => `spec.template.spec.volumes.*.${k}`),
    ...["metadata.name", "spec.accessModes", "spec.storageClassName", "spec.resources.requests.storage"].map(
      (k) => `spec.volumeClaimTemplates.*.${k}`,
    ),
  ],
  Fields,
};
