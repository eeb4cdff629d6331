import { useMemo, useState } from "react";
import { t } from "../../../../i18n/text";
import { useList } from "../../../../kube/hooks";
import { known } from "../../../../kube/path";
import type { Node } from "../../../../kube/types";
import { useScope } from "../../../../parts/scope";
import { Button } from "../../../../ui/Button";
import { Field } from "../../../../ui/pieces";
import { volumeNames, type Manifest } from "../manifest";
import { Rows } from "../../../../parts/Pairs";
import type { FieldsProps } from "../section";
import { Advanced } from "./Advanced";
import { Environment } from "./Environment";
import {
  emptyContainer,
  joinImage,
  splitImage,
  type Containers,
  type ContainerView,
  type Mount,
  type ResourceField,
} from "./view";

export function Fields({ view, manifest, change, problem }: FieldsProps<Containers>) {
  const images = useImages();
  const put = (kind: keyof Containers, i: number, part: Partial<ContainerView>) =>
    change({ ...view, [kind]: view[kind].map((c, j) => (j === i ? { ...c, ...part } : c)) });
  const fresh = (): ContainerView => {
    const { at: _at, ...rest } = emptyContainer;
    return rest;
  };
  const card = (kind: keyof Containers, path: string) => (c: ContainerView, i: number) => (
    <Card
      key={`${kind}${i}`}
      container={c}
      manifest={manifest}
      init={kind === "init"}
      removable={kind === "init" || view.main.length > 1}
      problem={(field) => problem(`${path}[${i}].${field}`)}
      set={(part) => put(kind, i, part)}
      remove={() => change({ ...view, [kind]: view[kind].toSpliced(i, 1) })}
    />
  );
  return (
    <div className="stack">
      <datalist id="images">
        {images.map((i) => (
          <option key={i} value={i} />
        ))}
      </datalist>
      {view.main.map(card("main", "containers"))}
      {view.init.map(card("init", "initContainers"))}
      <div className="row">
        <Button onClick={() => change({ ...view, main: [...view.main, fresh()] })}>{t("form.addContainer")}</Button>
        <Button onClick={() => change({ ...view, init: [...view.init, fresh()] })}>{t("form.addInit")}</Button>
      </div>
    </div>
  );
}

/** Images that are on the nodes already; nothing when the user may not see nodes. */
function useImages(): string[] {
  const { cluster } = useScope();
  const { items } = useList<Node>({ cluster, resource: known.nodes });
  return useMemo(() => {
    const names = items.flatMap((n) => (n.status?.images ?? []).flatMap((i) => i.names ?? []));
    return [...new Set(names.filter((n) => !n.includes("@")))].sort();
  }, [items]);
}

interface CardProps {
  container: ContainerView;
  manifest: Manifest;
  init: boolean;
  removable: boolean;
  problem: (field: string) => string | undefined;
  set: (part: Partial<ContainerView>) => void;
  remove: () => void;
}

function Card({ container: c, manifest, init, removable, problem, set, remove }: CardProps) {
  const [more, setMore] = useState(false);
  const { repository, tag } = splitImage(c.image);
  const hidden = ["workingDir", "livenessProbe", "readinessProbe", "startupProbe"].some(problem);
  const volumes = volumeNames(manifest.set);
  return (
    <fieldset className="card" style={{ margin: 0, minWidth: 0 }}>
      <legend className="row">
        {init ? t(c.sidecar ? "form.sidecar" : "form.init") : t("container.one")} {c.name}
        {removable && (
          <Button kind="link" small onClick={remove}>
            {t("act.delete")}
          </Button>
        )}
      </legend>
      <Field name={t("column.name")} must problem={problem("name")}>
        {(ids) => (
          <input {...ids} className="text" value={c.name} onChange={(e) => set({ name: e.target.value.trim() })} />
        )}
      </Field>
      {init && (
        <Field name={t("form.sidecar")} hint={t("form.sidecarHint")}>
          {(ids) => (
            <input {...ids} type="checkbox" checked={c.sidecar} onChange={(e) => set({ sidecar: e.target.checked })} />
          )}
        </Field>
      )}
      <Field name={t("form.image")} must problem={problem("image")}>
        {(ids) => (
          <input
            {...ids}
            className="text"
            list="images"
            value={repository}
            onChange={(e) => {
              const pasted = splitImage(e.target.value);
              set({ image: joinImage(pasted.repository, pasted.tag || tag) });
            }}
          />
        )}
      </Field>
      <Field name={t("form.tag")} hint={tag === "" ? t("form.tagHint") : undefined}>
        {(ids) => (
          <input
            {...ids}
            className="text"
            placeholder="latest"
            value={tag}
            onChange={(e) => set({ image: joinImage(repository, e.target.value.trim()) })}
          />
        )}
      </Field>
      {(volumes.length > 0 || c.mounts.length > 0) && (
        <Field name={t("form.mounts")} problem={problem("volumeMounts")}>
          {() => <Mounts mounts={c.mounts} volumes={volumes} set={(mounts) => set({ mounts })} />}
        </Field>
      )}
      <Field name={t("form.resources")} hint={t("form.resourcesHint")} problem={problem("resources")}>
        {() => <Resources values={c.resources} set={(resources) => set({ resources })} />}
      </Field>
      <Field name={t("form.gpu")}>
        {(ids) => (
          <input
            {...ids}
            className="text"
            style={{ width: 100 }}
            type="number"
            min={0}
            placeholder="0"
            value={c.resources["limits.nvidia.com/gpu"]}
            onChange={(e) =>
              set({
                resources: { ...c.resources, "limits.nvidia.com/gpu": e.target.value === "0" ? "" : e.target.value },
              })
            }
          />
        )}
      </Field>
      <Field name={t("form.env")} hint={t("form.envHint")} problem={problem("env") ?? problem("envFrom")}>
        {() => <Environment container={c} set={set} />}
      </Field>
      <Button kind="link" aria-expanded={more || hidden} onClick={() => setMore(!more)}>
        {t(more || hidden ? "form.hideAdvanced" : "form.showAdvanced")}
      </Button>
      {(more || hidden) && <Advanced container={c} set={set} problem={problem} />}
    </fieldset>
  );
}

function Mounts({
  mounts,
  volumes,
  set,
}: {
  mounts: readonly Mount[];
  volumes: readonly string[];
  set: (m: readonly Mount[]) => void;
}) {
  const change = (i: number, part: Partial<Mount>) => set(mounts.map((m, j) => (j === i ? { ...m, ...part } : m)));
  return (
    <Rows
      rows={mounts}
      add={t("form.addMount")}
      onAdd={() =>
        set([
          ...mounts,
          {
            name: volumes.find((v) => mounts.every((m) => m.name !== v)) ?? volumes[0] ?? "",
            mountPath: "",
            subPath: "",
            readOnly: false,
          },
        ])
      }
      onRemove={(i) => set(mounts.toSpliced(i, 1))}
    >
      {(m, i) => (
        <>
          <select
            className="text"
            aria-label={t("form.volumes")}
            value={m.name}
            onChange={(e) => change(i, { name: e.target.value })}
          >
            {[...new Set([...volumes, m.name])].map((v) => (
              <option key={v}>{v}</option>
            ))}
          </select>
          <input
            className="text"
            style={{ width: 180 }}
            aria-label={t("form.mountPath")}
            placeholder={t("form.mountPath")}
            value={m.mountPath}
            onChange={(e) => change(i, { mountPath: e.target.value.trim() })}
          />
          <input
            className="text"
            style={{ width: 130 }}
            aria-label={t("form.subPath")}
            placeholder={t("form.subPath")}
            value={m.subPath}
            onChange={(e) => change(i, { subPath: e.target.value.trim() })}
          />
          <select
            className="text"
            aria-label={t("form.access")}
            value={m.readOnly ? "ro" : "rw"}
            onChange={(e) => change(i, { readOnly: e.target.value === "ro" })}
          >
            <option value="rw">{t("form.readWrite")}</option>
            <option value="ro">{t("form.readOnly")}</option>
          </select>
        </>
      )}
    </Rows>
  );
}

function Resources({
  values,
  set,
}: {
  values: ContainerView["resources"];
  set: (v: ContainerView["resources"]) => void;
}) {
  const input = (field: ResourceField, label: string) => (
    <input
      className="text"
      style={{ width: 100 }}
      aria-label={label}
      placeholder={t("form.unlimited")}
      value={values[field]}
      onChange={(e) => set({ ...values, [field]: e.target.value.trim() })}
    />
  );
  return (
    <div className="row wrap">
      CPU {input("requests.cpu", t("form.cpuRequest"))} – {input("limits.cpu", t("form.cpuLimit"))}
      <span style={{ marginLeft: 16 }}>{t("node.memory")}</span> {input("requests.memory", t("form.memoryRequest"))} –{" "}
      {input("limits.memory", t("form.memoryLimit"))}
    </div>
  );
}
