import { joined, t } from "../i18n/text";
import type { KubeObject, LabelSelector } from "../kube/types";
import type { Column } from "../ui/Table";
import { CopyButton } from "../ui/pieces";
import { Link } from "../ui/router";
import { Age } from "./Age";
import { labelList, selectorText } from "./words";

/** Columns that many kinds show. */
export const nameColumn = <T extends KubeObject>(address: (row: T) => string): Column<T> => ({
  id: "name",
  title: t("column.name"),
  width: "minmax(150px, 2fr)",
  value: (row) => row.metadata.name,
  cell: (row) => (
    <span className="row" title={row.metadata.name}>
      <Link className="cut" to={address(row)}>
        {row.metadata.name}
      </Link>
      <CopyButton text={row.metadata.name} label={t("act.copy")} />
    </span>
  ),
});

export const namespaceColumn = <T extends KubeObject>(): Column<T> => ({
  id: "namespace",
  title: t("column.namespace"),
  value: (row) => row.metadata.namespace ?? "",
  cell: (row) => row.metadata.namespace ?? "-",
});

export const labelsColumn = <T extends KubeObject>(optional = false): Column<T> => ({
  id: "labels",
  title: t("column.labels"),
  width: "minmax(100px, 1.3fr)",
  optional,
  value: (row) => joined(labelList(row.metadata.labels)),
  cell: (row) => joined(labelList(row.metadata.labels)) || "-",
});

export const selectorColumn = <T extends KubeObject>(selector: (row: T) => LabelSelector | undefined): Column<T> => ({
  id: "selector",
  title: t("column.selector"),
  width: "minmax(100px, 1.3fr)",
  value: (row) => selectorText(selector(row)),
  cell: (row) => selectorText(selector(row)) || "-",
});

export const ageColumn = <T extends KubeObject>(): Column<T> => ({
  id: "age",
  title: t("column.age"),
  width: "84px",
  value: (row) => -Date.parse(row.metadata.creationTimestamp ?? "0"),
  cell: (row) => <Age since={row.metadata.creationTimestamp} />,
});
