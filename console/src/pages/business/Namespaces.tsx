import { useState } from "react";
import { t } from "../../i18n/text";
import { patch } from "../../kube/write";
import { Credential } from "../../parts/Credential";
import { Problem } from "../../parts/Problem";
import { businessBase, platformBase, useConsole } from "../../parts/scope";
import { moment } from "../../parts/words";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Notice, Search } from "../../ui/pieces";
import { Link } from "../../ui/router";
import { Table, type Column } from "../../ui/Table";
import { CreateNamespace } from "./CreateNamespace";
import { DeleteNamespace } from "./DeleteNamespace";
import { namespacePlace, type BusinessNamespace } from "./objects";
import { Phase, statusText } from "./Phase";
import { boundsIn, change, hardText } from "./quota";
import { QuotaDialog, QuotaTable } from "./Quota";
import type { BusinessState } from "./useBusiness";

interface NamespacesProps {
  business: BusinessState;
  platform: boolean;
}

/** Namespace列表: what the business has in the clusters, and why something is not there yet. */
export function Namespaces({ business, platform }: NamespacesProps) {
  const { owner } = business;
  const { portal } = useConsole();
  const [text, setText] = useState("");
  const [creating, setCreating] = useState(false);
  const [looked, setLooked] = useState<BusinessNamespace>();
  const [edited, setEdited] = useState<BusinessNamespace>();
  const [doomed, setDoomed] = useState<BusinessNamespace>();
  const [credential, setCredential] = useState<BusinessNamespace>();
  const rows = business.namespaces.filter((n) => n.spec.namespace.includes(text.trim().toLowerCase()));
  const member = portal.businesses.some((b) => b.name === business.id);
  const columns = columnsOf({
    owner,
    look: setLooked,
    address: (n) =>
      platform
        ? platformBase(n.spec.clusterName, n.spec.namespace)
        : member && businessBase(business.id, n.spec.clusterName, n.spec.namespace),
    edit: setEdited,
    doom: setDoomed,
    credential: setCredential,
  });
  const waiting = business.namespaces.filter((n) => n.status?.message || n.status?.reason);
  return (
    <>
      <div className="row wrap">
        {owner && (
          <Button kind="primary" onClick={() => setCreating(true)}>
            {t("business.createNamespace")}
          </Button>
        )}
        <Search label={t("business.searchNamespace")} value={text} onChange={setText} />
        <span className="quiet">{t("list.count", { count: rows.length })}</span>
      </div>
      <Problem error={business.namespacesError} />
      {waiting.map((n) => (
        <Notice key={n.metadata.name} tone={n.status?.phase === "Failed" ? "bad" : "warn"}>
          {n.spec.namespace} ({n.spec.clusterName}): {statusText(n.status)}
        </Notice>
      ))}
      <Table
        fit
        label={t("business.namespaceList")}
        columns={columns}
        rows={rows}
        keyOf={(n) => n.metadata.name}
        empty={text ? t("list.nothingFound") : t("business.noNamespaces")}
      />
      {creating && <CreateNamespace business={business} onClose={() => setCreating(false)} />}
      {looked && (
        <Dialog
          title={t("quota.of", { name: looked.spec.namespace })}
          closeText={t("act.close")}
          width={680}
          onClose={() => setLooked(undefined)}
        >
          <QuotaTable
            label={t("business.quota")}
            columns={[
              [t("quota.asked"), looked.spec.hard],
              [t("quota.inForce"), looked.status?.hard],
              [t("quota.inUse"), looked.status?.used],
            ]}
          />
        </Dialog>
      )}
      {edited && (
        <QuotaDialog
          title={t("quota.editOf", { name: edited.spec.namespace })}
          hard={edited.spec.hard ?? {}}
          bounds={boundsIn(business, edited.spec.clusterName, edited)}
          save={(hard) =>
            patch(namespacePlace(business.id), edited.metadata.name, {
              spec: { hard: change(edited.spec.hard ?? {}, hard) },
            })
          }
          onClose={() => setEdited(undefined)}
        />
      )}
      {doomed && <DeleteNamespace business={business} namespace={doomed} onClose={() => setDoomed(undefined)} />}
      {credential && (
        <Credential
          cluster={credential.spec.clusterName}
          namespace={credential.spec.namespace}
          help={t("credential.helpNamespace", { namespace: credential.spec.namespace })}
          onClose={() => setCredential(undefined)}
        />
      )}
    </>
  );
}

interface Acts {
  owner: boolean;
  look: (n: BusinessNamespace) => void;
  address: (n: BusinessNamespace) => string | false;
  edit: (n: BusinessNamespace) => void;
  doom: (n: BusinessNamespace) => void;
  credential: (n: BusinessNamespace) => void;
}

const usable = (n: BusinessNamespace) => n.status?.phase === "Available";

function columnsOf({ owner, look, address, edit, doom, credential }: Acts): Column<BusinessNamespace>[] {
  return [
    {
      id: "name",
      title: t("column.name"),
      cell: (n) => {
        const at = usable(n) && address(n);
        return at ? <Link to={`${at}/statefulsets.apps`}>{n.spec.namespace}</Link> : n.spec.namespace;
      },
    },
    { id: "cluster", title: t("business.inCluster"), width: "110px", cell: (n) => n.spec.clusterName },
    {
      id: "status",
      title: t("column.status"),
      width: "minmax(190px, 1fr)",
      cell: (n) => <Phase status={n.status} />,
    },
    {
      id: "quota",
      title: t("business.quota"),
      width: "minmax(200px, 3fr)",
      cell: (n) => (
        <span className="row" title={hardText(n.spec.hard)}>
          <button type="button" className="button link small cut" onClick={() => look(n)}>
            {hardText(n.spec.hard)}
          </button>
          {owner && (
            <Button kind="link" small onClick={() => edit(n)}>
              {t("act.edit")}
            </Button>
          )}
        </span>
      ),
    },
    {
      id: "created",
      title: t("fact.created"),
      width: "180px",
      cell: (n) => moment(n.metadata.creationTimestamp),
    },
    {
      id: "acts",
      title: t("column.actions"),
      width: "190px",
      acts: true,
      cell: (n) => (
        <span className="row">
          <Button kind="link" small disabled={!usable(n)} onClick={() => credential(n)}>
            {t("credential.title")}
          </Button>
          {owner && (
            <Button kind="link" small disabled={n.metadata.deletionTimestamp !== undefined} onClick={() => doom(n)}>
              {t("act.delete")}
            </Button>
          )}
        </span>
      ),
    },
  ];
}
