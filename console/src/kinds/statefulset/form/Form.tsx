import { useEffect, useMemo, useState } from "react";
import { joined, t } from "../../../i18n/text";
import { discover } from "../../../kube/discovery";
import { asStatus, StatusError } from "../../../kube/request";
import type { KubeObject } from "../../../kube/types";
import { create, remove } from "../../../kube/write";
import { DetailsHeader } from "../../../parts/DetailsHeader";
import { Problem } from "../../../parts/Problem";
import { placeOfObject, useScope, type Scope } from "../../../parts/scope";
import { Button } from "../../../ui/Button";
import { Notice, toast } from "../../../ui/pieces";
import { navigate, setLeaveGuard } from "../../../ui/router";
import { id } from "../kind";
import { Manifest } from "./manifest";
import { sections, unseen } from "./sections";
import { submit, type Undone } from "./submit";
import "./form.css";
import { later } from "../../../parts/later";

const YamlEditor = later(() => import("../../../parts/YamlEditor"));

const start = (namespace: string) => `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: ""
  namespace: ${namespace}
  labels:
    app: ""
spec:
  replicas: 1
  selector:
    matchLabels:
      app: ""
  template:
    metadata:
      labels:
        app: ""
    spec:
      containers:
        - name: ""
          image: ""
          resources:
            requests:
              cpu: 250m
              memory: 256Mi
            limits:
              cpu: 500m
              memory: 1024Mi
`;

/** 新建Workload: the YAML is the truth, the form reads and edits it. */
export default function Form() {
  const scope = useScope();
  const [text, setText] = useState(() => start(scope.namespace));
  const [touched, setTouched] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<StatusError>();
  const [undone, setUndone] = useState<Undone>();
  const parsed = useMemo(() => Manifest.parse(text), [text]);
  const manifest = parsed instanceof Manifest ? parsed : undefined;
  const problems = manifest ? sections.flatMap((s) => s.rules(manifest)) : [];
  const blocking = problems.filter((p) => !p.hint);
  const back = `${scope.base}/${id}`;
  useEffect(() => {
    setLeaveGuard(text === start(scope.namespace) ? undefined : () => confirm(t("yaml.leave")));
    return () => setLeaveGuard(undefined);
  }, [text, scope.namespace]);
  const edit = (change: (manifest: Manifest) => void) => {
    const copy = Manifest.parse(text);
    if (!(copy instanceof Manifest)) return;
    change(copy);
    setText(copy.toString());
    setError(undefined);
  };
  const problem = (field: string) => {
    const own = problems.find((p) => p.field === field && (touched || p.hint || p.message !== t("rule.required")));
    return own?.message ?? error?.causes.find((c) => c.field?.includes(field))?.message;
  };
  const send = async () => {
    setTouched(true);
    if (!manifest || blocking.length > 0) {
      requestAnimationFrame(() =>
        document.querySelector(".workload .problem, .workload .bad")?.scrollIntoView({ block: "center" }),
      );
      return;
    }
    setBusy(true);
    setError(undefined);
    setUndone(undefined);
    try {
      const result = await submit(manifest.objects() as unknown as KubeObject[], await doors(scope));
      if (result.ok) {
        setLeaveGuard(undefined);
        result.warnings.forEach((w) => toast(w));
        toast(t("form.created"));
        return navigate(back);
      }
      setError(asStatus(result.error));
      setUndone(result.undone);
    } catch (e) {
      setError(asStatus(e));
    } finally {
      setBusy(false);
    }
  };
  const kept = manifest ? unseen(manifest) : [];
  return (
    <div className="page">
      <DetailsHeader title={t("form.title")} back={back} />
      <div className="workload">
        <div className="parts">
          {manifest ? (
            sections.map(({ id: key, title, Show }) => (
              <section key={key} className="card" aria-label={title()}>
                <h2>{title()}</h2>
                <Show manifest={manifest} edit={edit} problem={problem} />
              </section>
            ))
          ) : (
            <Notice tone="bad">
              {parsed instanceof Manifest || !parsed.error
                ? t("form.noSet")
                : t("form.badYaml", { said: parsed.error })}
            </Notice>
          )}
        </div>
        <aside>
          {kept.length > 0 && (
            <Notice>
              {t("form.kept")} <code>{kept.slice(0, 4).join(", ")}</code> {kept.length > 4 && `+${kept.length - 4}`}
            </Notice>
          )}
          <YamlEditor text={text} onChange={setText} label="YAML" cluster={scope.cluster} />
        </aside>
      </div>
      <Problem error={error} />
      {undone && undone.names.length > 0 && (
        <Notice tone={undone.failed.length > 0 ? "bad" : "warn"}>
          {t("form.undone", { names: joined(undone.names) })}
        </Notice>
      )}
      {undone && undone.failed.length > 0 && (
        <Notice tone="bad">{t("form.notUndone", { names: joined(undone.failed) })}</Notice>
      )}
      <footer className="row wrap">
        <Button kind="primary" busy={busy} disabled={!manifest} onClick={() => void send()}>
          {error ? t("act.retry") : t("form.create")}
        </Button>
        <Button onClick={() => navigate(back)}>{t("act.cancel")}</Button>
        {touched && blocking.length > 0 && <span className="bad">{t("form.blocked", { count: blocking.length })}</span>}
      </footer>
    </div>
  );
}

async function doors(scope: Scope) {
  const resources = await discover(scope.cluster);
  const place = (object: KubeObject) => placeOfObject(scope, resources, object);
  return {
    create: (object: KubeObject, dryRun: boolean, onWarning: (w: string) => void) =>
      create(place(object), object, dryRun, onWarning),
    remove: (object: KubeObject) => remove(place(object), object.metadata.name, { uid: object.metadata.uid }),
  };
}
