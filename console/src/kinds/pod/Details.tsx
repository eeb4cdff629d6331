import { t } from "../../i18n/text";
import { useObject } from "../../kube/hooks";
import { known } from "../../kube/path";
import type { Condition, Pod } from "../../kube/types";
import { ContainerTable } from "../../parts/ContainerTable";
import { DetailsHeader } from "../../parts/DetailsHeader";
import { EventList } from "../../parts/EventList";
import { FactList, Tags } from "../../parts/FactList";
import { LogView } from "../../parts/LogView";
import { podReason, podTone, podWord, readyCount, restarts } from "../../parts/pods";
import { Loading, Problem } from "../../parts/Problem";
import { placeOf, useScope } from "../../parts/scope";
import { labelList, moment } from "../../parts/words";
import { Why } from "../../parts/Why";
import { YamlView } from "../../parts/YamlView";
import { Dot, Tabs, useTab } from "../../ui/pieces";

const condition = (c: Condition) => (
  <div key={c.type}>
    <Dot tone={c.status === "True" ? "good" : "warn"}>
      {c.type} {c.reason ?? ""} <span className="quiet">{c.message}</span>
    </Dot>
  </div>
);

export default function Details({ name }: { name: string }) {
  const scope = useScope();
  const { object: pod, loading, error } = useObject<Pod>(placeOf(scope, known.pods), name);
  const tabs = [
    { id: "details", title: t("tab.details") },
    { id: "logs", title: t("tab.logs") },
    { id: "events", title: t("tab.events") },
    { id: "yaml", title: "YAML" },
  ];
  const tab = useTab(tabs);
  if (error) return <Problem error={error} />;
  if (!pod) return loading ? <Loading /> : <div className="empty">{t("error.gone", { name })}</div>;
  const reason = podReason(pod);
  return (
    <div className="page">
      <DetailsHeader title={`Pod:${name}(${pod.metadata.namespace ?? ""})`} back={`${scope.base}/pods`} />
      <Tabs tabs={tabs} label={t("tab.label")} />
      {tab === "details" && (
        <>
          {["warn", "bad"].includes(podTone(pod)) && <Why kind="Pod" object={pod} meanwhile={reason} />}
          <section className="card">
            <FactList
              facts={[
                [
                  t("column.status"),
                  <Dot key="s" tone={podTone(pod)}>
                    {podWord(pod)}
                  </Dot>,
                ],
                [t("pod.ready"), readyCount(pod)],
                [t("pod.restarts"), restarts(pod)],
                [t("pod.node"), pod.spec.nodeName ?? "-"],
                [t("pod.ip"), pod.status?.podIP ?? "-"],
                [t("fact.created"), moment(pod.metadata.creationTimestamp)],
                [t("column.labels"), <Tags key="l" of={labelList(pod.metadata.labels)} />],
                [t("pod.conditions"), (pod.status?.conditions ?? []).map(condition)],
              ]}
            />
          </section>
          <ContainerTable pod={pod} />
        </>
      )}
      {tab === "logs" && <LogView pods={[pod]} />}
      {tab === "events" && <EventList fits={({ involvedObject: o }) => o.kind === "Pod" && o.name === name} />}
      {tab === "yaml" && <YamlView object={pod} editAt={`${scope.base}/pods/${name}/yaml`} />}
    </div>
  );
}
