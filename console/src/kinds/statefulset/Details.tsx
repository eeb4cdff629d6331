import { useMemo, useState } from "react";
import { t } from "../../i18n/text";
import { useList, useObject } from "../../kube/hooks";
import { known } from "../../kube/path";
import type { Pod, StatefulSet } from "../../kube/types";
import { DetailsHeader } from "../../parts/DetailsHeader";
import { EventList } from "../../parts/EventList";
import { LogView } from "../../parts/LogView";
import { isReady } from "../../parts/pods";
import { Loading, Problem } from "../../parts/Problem";
import { placeOf, useScope } from "../../parts/scope";
import { selectorQuery } from "../../parts/words";
import { Why } from "../../parts/Why";
import { YamlView } from "../../parts/YamlView";
import { Button } from "../../ui/Button";
import { Menu } from "../../ui/Menu";
import { Tabs, useTab } from "../../ui/pieces";
import { navigate } from "../../ui/router";
import type { DialogKind } from "./dialogs";
import { Facts } from "./Facts";
import { id, isRolling, podsOf, resource, rollout, stateOf } from "./kind";
import { Claims } from "./Claims";
import { Ordinals } from "./Ordinals";
import { Pods } from "./Pods";
import { Revisions } from "./Revisions";
import { moreItems, useSetRights } from "./rights";
import { later } from "../../parts/later";

const SetDialog = later(() => import("./dialogs"), null);

const tabs = () => [
  { id: "pods", title: t("sts.tabPods") },
  { id: "revisions", title: t("sts.tabRevisions") },
  { id: "claims", title: t("sts.tabClaims") },
  { id: "events", title: t("tab.events") },
  { id: "logs", title: t("tab.logs") },
  { id: "details", title: t("tab.details") },
  { id: "yaml", title: "YAML" },
];

export default function Details({ name }: { name: string }) {
  const scope = useScope();
  const place = placeOf(scope, resource);
  const { object: set, loading, error } = useObject<StatefulSet>(place, name);
  const selector = selectorQuery(set?.spec.selector);
  const pods = useList<Pod>(set ? placeOf(scope, known.pods) : undefined, { labelSelector: selector });
  const own = useMemo(() => (set ? podsOf(set, pods.items) : []), [set, pods.items]);
  const ownNames = useMemo(() => new Set<string | undefined>(own.map((pod) => pod.metadata.name)), [own]);
  const [dialog, setDialog] = useState<DialogKind>();
  const tab = useTab(tabs());
  const rights = useSetRights(name);
  if (error) return <Problem error={error} />;
  if (!set)
    return (
      <div className="page">{loading ? <Loading /> : <div className="empty">{t("error.gone", { name })}</div>}</div>
    );
  const ordinals = rollout(set, own);
  const unready = own.filter((pod) => !isReady(pod));
  const notReady = unready.length > 0 || !["Ready", "Stopped"].includes(stateOf(set));
  return (
    <div className="page">
      <DetailsHeader title={`StatefulSet:${name}(${scope.namespace})`} back={`${scope.base}/${id}`}>
        <Button {...rights.scale} onClick={() => setDialog("scale")}>
          {t("sts.scale")}
        </Button>
        <Button {...rights.change} onClick={() => setDialog("image")}>
          {t("sts.image")}
        </Button>
        <Menu
          label={t("act.more")}
          items={[
            { label: t("act.editYaml"), onSelect: () => navigate(`${scope.base}/${id}/${name}/yaml`) },
            ...moreItems(rights, setDialog),
          ]}
        />
      </DetailsHeader>
      <Tabs tabs={tabs()} label={t("tab.label")} />
      {tab === "pods" && (
        <>
          {notReady && <Why kind="StatefulSet" object={set} near={unready} />}
          <section className="card">
            <h2 style={{ marginBottom: 10 }}>{isRolling(ordinals) ? t("sts.rolloutRunning") : t("sts.rolloutDone")}</h2>
            <Ordinals ordinals={ordinals} label={t("sts.rollout")} />
          </section>
          <Pods pods={own} loading={pods.loading} />
        </>
      )}
      {tab === "revisions" && <Revisions set={set} />}
      {tab === "claims" && <Claims set={set} pods={own} />}
      {tab === "events" && <EventList fits={({ involvedObject: o }) => o.name === name || ownNames.has(o.name)} />}
      {tab === "logs" && <LogView pods={own} />}
      {tab === "details" && <Facts set={set} />}
      {tab === "yaml" && <YamlView object={set} editAt={`${scope.base}/${id}/${name}/yaml`} />}
      {dialog && (
        <SetDialog
          kind={dialog}
          sets={[set]}
          scope={scope}
          onClose={() => setDialog(undefined)}
          {...(dialog === "delete" ? { onDone: () => navigate(`${scope.base}/${id}`) } : {})}
        />
      )}
    </div>
  );
}
