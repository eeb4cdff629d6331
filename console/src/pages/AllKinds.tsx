import { useState } from "react";
import { Search } from "../ui/pieces";
import { t } from "../i18n/text";
import { useResources } from "../kube/hooks";
import { resourceId } from "../kube/path";
import { Loading } from "../parts/Problem";
import { useScope } from "../parts/scope";
import { Link } from "../ui/router";
import { Table } from "../ui/Table";

/** Every kind that the connected cluster serves. */
export function AllKinds() {
  const scope = useScope();
  const resources = useResources(scope.cluster);
  const [text, setText] = useState("");
  if (!resources) return <Loading />;
  const rows = resources.filter(
    (r) =>
      (scope.portal === "platform" || r.namespaced) &&
      `${r.kind} ${r.plural} ${r.group}`.toLowerCase().includes(text.toLowerCase()),
  );
  return (
    <div className="page">
      <h1>{t("side.all")}</h1>
      <Search label={t("list.search")} width={350} value={text} onChange={setText} />
      <Table
        label={t("side.all")}
        rows={rows}
        keyOf={resourceId}
        empty={t("list.nothingFound")}
        columns={[
          { id: "kind", title: "Kind", cell: (r) => <Link to={`${scope.base}/${resourceId(r)}`}>{r.kind}</Link> },
          { id: "group", title: t("column.group"), cell: (r) => r.group || "core" },
          { id: "version", title: t("column.version"), width: "110px", cell: (r) => r.version },
          { id: "verbs", title: t("column.verbs"), width: "minmax(200px, 2fr)", cell: (r) => r.verbs.join(", ") },
        ]}
      />
    </div>
  );
}
