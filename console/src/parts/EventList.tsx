import { useMemo } from "react";
import { t } from "../i18n/text";
import { useList } from "../kube/hooks";
import { keyOf, known } from "../kube/path";
import type { KubeEvent } from "../kube/types";
import { Dot } from "../ui/pieces";
import { sorted, Table, type Column } from "../ui/Table";
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
    cell: (e) => <Dot tone={e.type === "Warning" ? "bad" : "good"}>{e.type}</Dot>,
  },
  {
    id: "kind",
    title: t("event.kind"),
    width: "150px",
    cell: (e) => e.involvedObject.kind ?? "",
  },
  {
    id: "object",
    title: t("event.object"),
    width: "minmax(120px, 1fr)",
    cell: (e) => e.involvedObject.name ?? "",
  },
  { id: "reason", title: t("event.reason"), width: "160px", cell: (e) => e.reason ?? "" },
  {
    id: "message",
    title: t("event.message"),
    width: "minmax(220px, 3fr)",
    cell: (e) => e.message ?? "",
  },
  {
    id: "count",
    title: t("event.count"),
    width: "90px",
    cell: (e) => e.series?.count ?? e.count ?? 1,
  },
];

interface EventListProps {
  /** Which of them are shown. */
  fits: (event: KubeEvent) => boolean;
  narrowed?: boolean;
}

/** The events of a namespace, the newest first. */
export function EventList({ fits, narrowed }: EventListProps) {
  const scope = useScope();
  const { items, loading, error } = useList<KubeEvent>(placeOf(scope, known.events));
  const columns = useMemo(() => eventColumns(), []);
  const all = useMemo(() => sorted(items, columns, { column: "last", descending: false }), [items, columns]);
  const rows = all.filter(fits);
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
