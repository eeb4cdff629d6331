import { useMemo, useState } from "react";
import { joined, t } from "../i18n/text";
import { useList } from "../kube/hooks";
import type { Resource, TableColumn, TableRow } from "../kube/types";
import { remove } from "../kube/write";
import { ageColumn, labelsColumn, nameColumn, namespaceColumn } from "../parts/columns";
import { KindList } from "../parts/KindList";
import { StepsDialog } from "../parts/Progress";
import { useRight, type Granted } from "../parts/rights";
import { Loading } from "../parts/Problem";
import { objectAddress, placeFor, placeOf, useResource, useScope, type Scope } from "../parts/scope";
import { Button } from "../ui/Button";
import { Menu } from "../ui/Menu";
import { navigate } from "../ui/router";
import type { Column } from "../ui/Table";
import { kinds } from "./kinds";

/** The list of any kind that the cluster serves, with the server's own columns. */
export function GenericList({ id }: { id: string }) {
  const { resource, loading } = useResource(id);
  if (!resource)
    return (
      <div className="page">
        {loading ? <Loading /> : <div className="empty">{t("error.noKind", { kind: id })}</div>}
      </div>
    );
  return <Served id={id} resource={resource} />;
}

function Served({ id, resource }: { id: string; resource: Resource }) {
  const scope = useScope();
  const { columns: served } = useList<TableRow>(placeOf(scope, resource), { table: true });
  const [doomed, setDoomed] = useState<readonly TableRow[]>();
  const deletion = useRight({ verb: "delete", resource });
  const columns = useMemo(
    () => columnsOf(scope, id, resource, served, setDoomed, deletion),
    [scope, id, resource, served, deletion],
  );
  const form = kinds[id]?.Create !== undefined;
  const creatable = resource.verbs.includes("create") && (scope.namespace || !resource.namespaced);
  return (
    <>
      <KindList<TableRow>
        resource={resource}
        title={resource.kind}
        columns={columns}
        table
        createAt={creatable ? (form ? `${scope.base}/${id}/new` : `${scope.base}/yaml/new`) : undefined}
        batch={
          resource.verbs.includes("delete")
            ? [{ label: t("act.delete"), danger: true, right: deletion, run: setDoomed }]
            : []
        }
      />
      {doomed && (
        <StepsDialog
          title={t("act.deleteTitle")}
          confirm={t("act.delete")}
          danger
          onClose={() => setDoomed(undefined)}
          steps={() =>
            doomed.map((row) => ({
              name: row.metadata.name,
              run: () =>
                remove(placeFor(scope, resource, row.metadata.namespace), row.metadata.name, {
                  uid: row.metadata.uid,
                  propagationPolicy: "Background",
                }),
            }))
          }
        >
          <p>{t("act.deleteQuestion", { kind: resource.kind, name: joined(doomed.map((r) => r.metadata.name)) })}</p>
        </StepsDialog>
      )}
    </>
  );
}

function columnsOf(
  scope: Scope,
  id: string,
  resource: Resource,
  served: readonly TableColumn[],
  doom: (rows: readonly TableRow[]) => void,
  deletion: Granted,
): Column<TableRow>[] {
  const own: Column<TableRow>[] = served.flatMap((column, i) => {
    // Name and age are ours: a link, and an age that is counted here.
    if (["name", "age", "created at"].includes(column.name.toLowerCase())) return [];
    const value = (row: TableRow) => row.cells[i] as string | number | undefined;
    return [
      {
        id: `c.${column.name}`,
        title: column.name,
        optional: (column.priority ?? 0) > 0,
        value: (row) => value(row) ?? "",
        cell: (row) => String(value(row) ?? "-"),
      },
    ];
  });
  const items = (row: TableRow, at: string) => [
    ...(kinds[id]?.Edit ? [{ label: t("act.edit"), onSelect: () => navigate(`${at}/edit`) }] : []),
    ...(resource.verbs.includes("delete")
      ? [{ label: t("act.delete"), danger: true, ...deletion, onSelect: () => doom([row]) }]
      : []),
  ];
  return [
    nameColumn<TableRow>((row) => objectAddress(scope, id, row.metadata.name, row.metadata.namespace)),
    ...(resource.namespaced && !scope.namespace ? [namespaceColumn<TableRow>()] : []),
    ...own,
    labelsColumn<TableRow>(true),
    ageColumn<TableRow>(),
    {
      id: "acts",
      title: t("column.actions"),
      width: "170px",
      acts: true,
      cell: (row) => {
        const at = objectAddress(scope, id, row.metadata.name, row.metadata.namespace);
        return (
          <span className="row">
            <Button kind="link" small onClick={() => navigate(`${at}/yaml`)}>
              {t("act.editYaml")}
            </Button>
            {items(row, at).length > 0 && <Menu kind="link" small label={t("act.more")} items={items(row, at)} />}
          </span>
        );
      },
    },
  ];
}
