import { useState } from "react";
import { AffinityField } from "../../parts/AffinityField";
import { t } from "../../i18n/text";
import { useAction, useAsync, useList, useResources } from "../../kube/hooks";
import { find } from "../../kube/discovery";
import { known, objectPath } from "../../kube/path";
import { request } from "../../kube/request";
import type { KubeObject, LabelSelector, Service } from "../../kube/types";
import { create, replace } from "../../kube/write";
import { DetailsHeader } from "../../parts/DetailsHeader";
import { Pairs, rowsOf, type Pair } from "../../parts/Pairs";
import { PortRows } from "../../parts/PortRows";
import { causesOf, Loading, Problem } from "../../parts/Problem";
import { placeOf, useScope } from "../../parts/scope";
import { Button } from "../../ui/Button";
import { Field, Notice, toast } from "../../ui/pieces";
import { navigate } from "../../ui/router";
import { isOutside, isValid, problemsOf, read, start, withView, type ServiceView } from "./view";

export default function Form({ name }: { name?: string }) {
  const place = placeOf(useScope(), known.services);
  const loaded = useAsync(async () => (name ? await request<Service>(objectPath(place, name)) : start), name ?? "");
  if (loaded.error) return <Problem error={loaded.error} />;
  if (!loaded.value) return <Loading />;
  return <Loaded service={loaded.value} fresh={name === undefined} />;
}

/** 新建Service, 更新访问方式. Whether it is headless is settled when it is made. */
function Loaded({ service, fresh }: { service: Service; fresh: boolean }) {
  const scope = useScope();
  const place = placeOf(scope, known.services);
  const [view, setView] = useState<ServiceView>(() => read(service));
  const [touched, setTouched] = useState(!fresh);
  const set = (part: Partial<ServiceView>) => setView({ ...view, ...part });
  const back = `${scope.base}/services`;
  const problems = problemsOf(view);
  const save = useAction(async () => {
    const made = withView({ ...service, metadata: { ...service.metadata, namespace: scope.namespace } }, view);
    await (fresh ? create(place, made) : replace(place, made));
    toast(t("yaml.saved", { name: view.name }));
    navigate(back);
  });
  const send = () => {
    setTouched(true);
    if (isValid(problems)) void save.run();
  };
  const types = [
    ["ClusterIP", t("service.clusterIP")],
    ["NodePort", t("service.nodePort")],
  ] as const;
  const other = types.every(([type]) => type !== view.type);
  return (
    <div className="page">
      <DetailsHeader
        title={fresh ? t("service.createTitle") : t("service.updateTitle", { name: view.name })}
        back={back}
      />
      <section className="card">
        <Field
          name={t("service.name")}
          must
          hint={fresh ? t("form.nameHint") : undefined}
          problem={(touched || view.name !== "" ? problems.name : undefined) ?? causesOf(save.error, "metadata.name")}
        >
          {(ids) => (
            <input
              {...ids}
              className="text"
              style={{ maxWidth: 400 }}
              disabled={!fresh}
              value={view.name}
              onChange={(e) => set({ name: e.target.value.trim() })}
            />
          )}
        </Field>
        <Field
          name={t("form.description")}
          problem={view.description.length > 1000 ? t("rule.description") : undefined}
        >
          {(ids) => (
            <textarea
              {...ids}
              className="text"
              rows={2}
              value={view.description}
              onChange={(e) => set({ description: e.target.value })}
            />
          )}
        </Field>
        <Field name={t("column.namespace")}>{() => <div style={{ paddingTop: 5 }}>{scope.namespace}</div>}</Field>
        <Field name={t("service.access")}>
          {() => (
            <div className="row wrap" style={{ paddingTop: 5 }}>
              {types.map(([type, title]) => (
                <label key={type} className="choice">
                  <input
                    type="radio"
                    name="access"
                    disabled={!fresh && view.headless}
                    checked={view.type === type}
                    onChange={() => set({ type, headless: fresh ? false : view.headless })}
                  />
                  {title}
                </label>
              ))}
              {other && (
                <label className="choice">
                  <input type="radio" name="access" checked readOnly />
                  {view.type}
                </label>
              )}
            </div>
          )}
        </Field>
        {view.type === "ClusterIP" && (
          <Field name="Headless Service" hint={fresh ? t("service.headlessHint") : t("service.headlessFixed")}>
            {(ids) => (
              <input
                {...ids}
                type="checkbox"
                style={{ marginTop: 8 }}
                disabled={!fresh}
                checked={view.headless}
                onChange={(e) => set({ headless: e.target.checked })}
              />
            )}
          </Field>
        )}
        <Field
          name={t("service.ports")}
          must
          problem={(touched ? problems.ports : undefined) ?? causesOf(save.error, "spec.ports")}
        >
          {() => (
            <PortRows
              ports={view.ports}
              nodePorts={isOutside(view)}
              onChange={(ports) => set({ ports })}
              problem={(i) => (touched ? problems.port[i] : undefined)}
            />
          )}
        </Field>
        {isOutside(view) && (
          <Field name="ExternalTrafficPolicy" hint={t("service.trafficHint")}>
            {(ids) => (
              <select
                {...ids}
                className="text"
                value={view.trafficPolicy}
                onChange={(e) => set({ trafficPolicy: e.target.value })}
              >
                <option>Cluster</option>
                <option>Local</option>
              </select>
            )}
          </Field>
        )}
        {!view.headless && (
          <AffinityField affinity={view.affinity} timeout={view.timeout} problem={problems.timeout} onChange={set} />
        )}
        <Field name="Selectors" hint={t("service.selectorHint")}>
          {() => (
            <div className="stack" style={{ gap: 6 }}>
              <FromWorkload take={(selector) => set({ selector })} />
              <Pairs rows={view.selector} add={t("act.add")} onChange={(selector) => set({ selector })} />
            </div>
          )}
        </Field>
        {view.selector.length === 0 && <Notice tone="warn">{t("service.noSelector")}</Notice>}
      </section>
      <Problem error={save.error} />
      <footer className="row">
        <Button kind="primary" busy={save.busy} onClick={send}>
          {fresh ? t("service.create") : t("act.done")}
        </Button>
        <Button onClick={() => navigate(back)}>{t("act.cancel")}</Button>
        {touched && !isValid(problems) && <span className="bad">{t("service.wrong")}</span>}
      </footer>
    </div>
  );
}

interface Workload extends KubeObject {
  spec: { selector?: LabelSelector };
}

/** 引用Workload: the selector by which a workload knows its own pods. */
function FromWorkload({ take }: { take: (selector: readonly Pair[]) => void }) {
  const workloads = [
    ...useWorkloads("statefulsets.apps"),
    ...useWorkloads("deployments.apps"),
    ...useWorkloads("daemonsets.apps"),
  ];
  return (
    <select
      className="text"
      style={{ maxWidth: 320 }}
      aria-label={t("service.fromWorkload")}
      value=""
      onChange={(e) => take(rowsOf(Object.entries(workloads[Number(e.target.value)]?.labels ?? {})))}
    >
      <option value="">{t("service.fromWorkload")}</option>
      {workloads.map(({ title }, i) => (
        <option key={title} value={i}>
          {title}
        </option>
      ))}
    </select>
  );
}

function useWorkloads(id: string): { title: string; labels: Record<string, string> }[] {
  const scope = useScope();
  const resources = useResources(scope.cluster);
  const resource = resources && find(resources, id);
  const { items } = useList<Workload>(resource && placeOf(scope, resource));
  return items.map((w) => ({
    title: `${resource?.kind ?? ""}: ${w.metadata.name}`,
    labels: w.spec.selector?.matchLabels ?? {},
  }));
}
