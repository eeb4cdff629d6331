import { phaseText } from "./Phase";
import { joined, t } from "../../i18n/text";
import type { Business } from "../../kube/gateway";
import { businessBase, usable, useConsole } from "../../parts/scope";
import { Link } from "../../ui/router";
import { Table, type Column } from "../../ui/Table";
import { businessAt } from "./objects";

/** 业务管理 of the business portal: the businesses of which the user is a member. */
export default function MinePage() {
  const { portal } = useConsole();
  const columns: Column<Business>[] = [
    {
      id: "name",
      title: t("business.name"),
      cell: (b) => <Link to={businessAt("business", b.name)}>{b.displayName || b.name}</Link>,
    },
    { id: "id", title: "ID", cell: (b) => b.name },
    { id: "role", title: t("business.myRole"), width: "minmax(190px, 1fr)", cell: (b) => t(`role.${b.role}`) },
    {
      id: "namespaces",
      title: t("column.namespace"),
      width: "minmax(200px, 3fr)",
      cell: (b) => <Namespaces business={b} />,
    },
  ];
  return (
    <div className="page">
      <h1>{t("side.business")}</h1>
      <Table
        fit
        label={t("side.business")}
        columns={columns}
        rows={portal.businesses}
        keyOf={(b) => b.name}
        empty={t("business.none")}
      />
    </div>
  );
}

/** Those that can be used are doors to the application pages; the others say why not on the business's page. */
function Namespaces({ business }: { business: Business }) {
  if (business.namespaces.length === 0) return <span className="quiet">{t("context.noNamespace")}</span>;
  const waiting = business.namespaces.filter((n) => !usable(n)).map((n) => `${n.namespace} (${phaseText(n.phase)})`);
  return (
    <span className="row">
      {business.namespaces.filter(usable).map((n) => (
        <Link key={n.name} to={`${businessBase(business.name, n.cluster, n.namespace)}/statefulsets.apps`}>
          {n.namespace}
        </Link>
      ))}
      <span className="quiet cut">{joined(waiting)}</span>
    </span>
  );
}
