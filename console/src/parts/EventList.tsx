import { useMemo } from "react";
import { t } from "../i18n/text";
import { useList } from "../kube/hooks";
import { keyOf, known } from "../kube/path";
import type { KubeEvent } from "../kube/types";
import { Dot } from "../ui/pieces";
import { Table, type Column } from "../ui/Table";
import { Age } from "./Age";
import { Problem } from "./Problem";
import { placeOf, useScope } from "./scope";

const last = (e: KubeEvent) =>
  e.series?.lastObservedTime ?? e.lastTimestamp ?? e.eventTime ?? e.metadata.creationTimestamp;

const eventColumns = (): Column<KubeEvent>[] => [
  {
    id: "last",
    title: t("event.last"),
    width: "110px",
    value: (e) => -Date.parse(last(e) ?? "0"),
    cell: (e) => <Age since={last(e)} />,
  },
  {
    id: "first",
    title: t("event.first"),
    width: "110px",
    cell: (e) => <Age since={e.firstTimestamp ?? e.eventTime ?? e.metadata.creationTimestamp} />,
  },
  {
    id: "type",
    title: t("event.type"),
    width: "100px",
    value: (e) => e.type ?? "",
    cell: (e) => <Dot tone={e.type === "Warning" ? "bad" : "good"}>{e.type}</Dot>,
  },
  {
    id: "kind",
    title: t("event.kind"),
    width: "150px",
    value: (e) => e.involvedObject.kind ?? "",
    cell: (e) => e.involvedObject.kind ?? "",
  },
  {
    id: "object",
    title: t("event.object"),
    width: "minmax(120px, 1fr)",
    value: (e) => e.involvedObject.name ?? "",
    cell: (e) => e.involvedObject.name ?? "",
  },
  { id: "reason", title: t("event.reason"), width: "160px", value: (e) => e.reason ?? "", cell: (e) => e.reason ?? "" },
  {
    id: "message",
    title: t("event.message"),
    width: "minmax(220px, 3fr)",
    value: (e) => e.message ?? "",
    cell: (e) => e.message ?? "",
  },
  {
    id: "count",
    title: t("event.count"),
    width: "90px",
    value: (e) => e.series?.count ?? e.count ?? 1,
    cell: (e) => e.series?.count ?? e.count ?? 1,
  },
];

interface EventListProps {
  /** Only those about one thing. */
  about?: (o: KubeEvent["involvedObject"]) => boolean;
  /** Only those that fit a search. */
  fits?: (event: KubeEvent) => boolean;
  narrowed?: boolean;
}

/** The events of a namespace, the newest first. */
export function EventList({ about, fits, narrowed }: EventListProps) {
  const scope = useScope();
  const { items, loading, error } = useList<KubeEvent>(placeOf(scope, known.events));
  const columns = useMemo(() => eventColumns(), []);
  const rows = items
    .filter((e) => (!about || about(e.involvedObject)) && (!fits || fits(e)))
    .sort((a, b) => (last(b) ?? "").localeCompare(last(a) ?? ""));
  return (
    <>
      <div className="quiet">{t("event.hour")}</div>
      <Problem error={error} />
      <div style={{ flex: "1 0 260px", display: "flex", minHeight: 260 }}>
        <Table
          label={t("tab.events")}
          columns={columns}
          rows={rows}
          keyOf={keyOf}
          empty={loading ? t("state.loading") : narrowed ? t("list.nothingFound") : t("event.none")}
        />
      </div>
    </>
  );
}
