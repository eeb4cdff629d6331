import { Search } from "../ui/pieces";
import { t } from "../i18n/text";
import { useList } from "../kube/hooks";
import { known } from "../kube/path";
import type { KubeEvent } from "../kube/types";
import { EventList } from "../parts/EventList";
import { placeOf, useScope } from "../parts/scope";
import { navigate, useQuery, withQuery } from "../ui/router";

/** Kinds that have events at some time; those that have some just now come from the events themselves. */
const usual = ["StatefulSet", "Pod", "PersistentVolumeClaim", "Service", "Node", "Deployment", "DaemonSet", "Job"];

/** 事件 of a namespace or of all, narrowed by what stands in the address. */
export function EventsPage() {
  const { items } = useList<KubeEvent>(placeOf(useScope(), known.events));
  const query = useQuery();
  const [kind, level, text] = ["kind", "level", "text"].map((key) => query.get(key) ?? "") as [string, string, string];
  const kinds = [...new Set([...usual, ...items.map((e) => e.involvedObject.kind ?? "")])].filter(Boolean).sort();
  const put = (change: Record<string, string>) => navigate(withQuery(change), { replace: true });
  const words = text.toLowerCase();
  const fits = (e: KubeEvent) =>
    (kind === "" || e.involvedObject.kind === kind) &&
    (level === "" || e.type === level) &&
    `${e.involvedObject.name ?? ""} ${e.reason ?? ""} ${e.message ?? ""}`.toLowerCase().includes(words);
  return (
    <div className="page">
      <h1>{t("tab.events")}</h1>
      <div className="row wrap">
        <select
          className="text"
          aria-label={t("event.kind")}
          value={kind}
          onChange={(e) => put({ kind: e.target.value })}
        >
          <option value="">{t("event.allKinds")}</option>
          {kinds.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
        <select
          className="text"
          aria-label={t("event.type")}
          value={level}
          onChange={(e) => put({ level: e.target.value })}
        >
          <option value="">{t("event.allLevels")}</option>
          <option>Normal</option>
          <option>Warning</option>
        </select>
        <Search
          label={t("list.search")}
          hint={t("event.search")}
          width={300}
          value={text}
          onChange={(text) => put({ text })}
        />
      </div>
      <EventList fits={fits} narrowed={kind + level + text !== ""} />
    </div>
  );
}
