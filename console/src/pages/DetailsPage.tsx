import { t } from "../i18n/text";
import { useObject } from "../kube/hooks";
import type { Claim, KubeObject } from "../kube/types";
import { DetailsHeader } from "../parts/DetailsHeader";
import { EventList } from "../parts/EventList";
import { FactList, Tags } from "../parts/FactList";
import { Loading, Problem } from "../parts/Problem";
import { placeOf, useResource, useScope } from "../parts/scope";
import { labelList, moment } from "../parts/words";
import { Why } from "../parts/Why";
import { YamlView } from "../parts/YamlView";
import { Tabs, useTab } from "../ui/pieces";
import { Link, type Parameters } from "../ui/router";
import { kinds } from "./kinds";

export default function DetailsPage({ parameters }: { parameters: Parameters }) {
  const { resource: id = "", name = "" } = parameters;
  const Details = kinds[id]?.Details;
  const key = `${useScope().base}/${id}/${name}`;
  return Details ? <Details key={key} name={name} /> : <Generic key={key} id={id} name={name} />;
}

const isWaitingClaim = (object: KubeObject, kind: string) =>
  kind === "PersistentVolumeClaim" &&
  ((object as Claim).status?.phase !== "Bound" || object.metadata.deletionTimestamp !== undefined);

function Generic({ id, name }: { id: string; name: string }) {
  const scope = useScope();
  const { resource, loading: asking } = useResource(id);
  const { object, loading, error } = useObject<KubeObject>(resource && placeOf(scope, resource), name);
  const tabs = [
    { id: "details", title: t("tab.details") },
    { id: "yaml", title: "YAML" },
    { id: "events", title: t("tab.events") },
  ];
  const tab = useTab(tabs);
  if (!resource && !asking) return <div className="empty">{t("error.noKind", { kind: id })}</div>;
  if (error) return <Problem error={error} />;
  if (!object || !resource) return loading ? <Loading /> : <div className="empty">{t("error.gone", { name })}</div>;
  const at = `${scope.base}/${id}/${name}`;
  return (
    <div className="page">
      <DetailsHeader title={`${resource.kind}:${name}`} back={`${scope.base}/${id}`}>
        {kinds[id]?.Edit && (
          <Link className="button primary" to={`${at}/edit`}>
            {t("act.edit")}
          </Link>
        )}
        <Link className="button" to={`${at}/yaml`}>
          {t("act.editYaml")}
        </Link>
      </DetailsHeader>
      <Tabs tabs={tabs} label={t("tab.label")} />
      {tab === "details" && isWaitingClaim(object, resource.kind) && (
        <Why kind="PersistentVolumeClaim" object={object} />
      )}
      {tab === "details" && (
        <section className="card">
          <FactList
            facts={[
              [t("column.name"), name],
              ...(object.metadata.namespace ? [[t("column.namespace"), object.metadata.namespace] as const] : []),
              [t("fact.created"), moment(object.metadata.creationTimestamp)],
              [t("column.labels"), <Tags key="l" of={labelList(object.metadata.labels)} />],
              [t("form.annotations"), labelList(object.metadata.annotations).map((l) => <div key={l}>{l}</div>)],
            ]}
          />
        </section>
      )}
      {tab === "yaml" && <YamlView object={object} editAt={`${at}/yaml`} />}
      {tab === "events" && <EventList fits={({ involvedObject: o }) => o.name === name && o.kind === resource.kind} />}
    </div>
  );
}
