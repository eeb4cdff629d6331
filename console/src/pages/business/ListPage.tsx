import { useMemo, useState } from "react";
import { joined, t } from "../../i18n/text";
import { useList } from "../../kube/hooks";
import { KindList } from "../../parts/KindList";
import { platformBase, ScopeContext, type Scope } from "../../parts/scope";
import { moment } from "../../parts/words";
import { Button } from "../../ui/Button";
import { Link } from "../../ui/router";
import type { Column } from "../../ui/Table";
import { DeleteBusiness } from "./DeleteBusiness";
import { membersOf } from "./members";
import {
  bindingPlace,
  businessAt,
  hub,
  namespacePlace,
  projects,
  type BusinessNamespace,
  type PolicyBinding,
  type Project,
} from "./objects";
import { Phase } from "./Phase";

const scope: Scope = {
  portal: "platform",
  business: undefined,
  cluster: hub,
  namespace: "",
  base: platformBase(hub, ""),
};

/** 业务管理 of the platform portal: all businesses. */
export default function ListPage() {
  const [doomed, setDoomed] = useState<Project>();
  const bindings = useList<PolicyBinding>(bindingPlace()).items;
  const namespaces = useList<BusinessNamespace>(namespacePlace()).items;
  const columns = useMemo(() => columnsOf(bindings, namespaces, setDoomed), [bindings, namespaces]);
  return (
    <ScopeContext value={scope}>
      <KindList<Project>
        resource={projects}
        title={t("side.businesses")}
        columns={columns}
        named={nameOf}
        status={(p) => p.status?.phase ?? "Pending"}
        createAt="/p/businesses/new"
        createText={t("business.create")}
      />
      {doomed && <DeleteBusiness project={doomed} onClose={() => setDoomed(undefined)} />}
    </ScopeContext>
  );
}

const nameOf = (p: Project) => p.spec.displayName || p.metadata.name;

function columnsOf(
  bindings: readonly PolicyBinding[],
  namespaces: readonly BusinessNamespace[],
  doom: (project: Project) => void,
): Column<Project>[] {
  const within = <T extends { metadata: { namespace?: string } }>(all: readonly T[], p: Project) =>
    all.filter((o) => o.metadata.namespace === p.metadata.name);
  const members = (p: Project) => membersOf(within(bindings, p)).map((m) => m.name);
  const clusters = (p: Project) => Object.keys(p.spec.clusters ?? {});
  return [
    {
      id: "name",
      title: t("business.name"),
      width: "minmax(150px, 1.5fr)",
      value: nameOf,
      cell: (p) => <Link to={businessAt("platform", p.metadata.name)}>{nameOf(p)}</Link>,
    },
    { id: "id", title: "ID", width: "140px", value: (p) => p.metadata.name, cell: (p) => p.metadata.name },
    {
      id: "status",
      title: t("column.status"),
      width: "minmax(130px, 1fr)",
      value: (p) => p.status?.phase ?? "",
      cell: (p) => <Phase status={p.status} />,
    },
    {
      id: "members",
      title: t("business.members"),
      width: "minmax(120px, 1.5fr)",
      value: (p) => joined(members(p)),
      cell: (p) => joined(members(p)) || "-",
    },
    {
      id: "clusters",
      title: t("context.cluster"),
      value: (p) => joined(clusters(p)),
      cell: (p) => joined(clusters(p)) || "-",
    },
    {
      id: "namespaces",
      title: "Namespace",
      width: "110px",
      value: (p) => within(namespaces, p).length,
      cell: (p) => within(namespaces, p).length,
    },
    {
      id: "created",
      title: t("fact.created"),
      width: "180px",
      value: (p) => p.metadata.creationTimestamp ?? "",
      cell: (p) => moment(p.metadata.creationTimestamp),
    },
    {
      id: "acts",
      title: t("column.actions"),
      width: "90px",
      acts: true,
      cell: (p) => (
        <Button kind="link" small disabled={p.metadata.deletionTimestamp !== undefined} onClick={() => doom(p)}>
          {t("act.delete")}
        </Button>
      ),
    },
  ];
}
