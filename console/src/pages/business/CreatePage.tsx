import { useState } from "react";
import { t } from "../../i18n/text";
import { users } from "../../kube/gateway";
import { useAction, useAsync } from "../../kube/hooks";
import { create } from "../../kube/write";
import { DetailsHeader } from "../../parts/DetailsHeader";
import { causesOf, Problem } from "../../parts/Problem";
import { useConsole } from "../../parts/scope";
import { Button, Icon } from "../../ui/Button";
import { Field } from "../../ui/pieces";
import { navigate } from "../../ui/router";
import { businessId } from "./names";
import { businessAt, projectPlace, type Hard, type Project } from "./objects";
import { People } from "./People";
import { hardText } from "./quota";
import { QuotaDialog } from "./Quota";

interface ClusterRow {
  cluster: string;
  hard: Hard;
}

/** 新建业务 */
export default function CreatePage() {
  const { portal, session } = useConsole();
  const { value: known = [] } = useAsync(users, "users");
  const [displayName, setDisplayName] = useState("");
  const [owners, setOwners] = useState<readonly string[]>([session.user]);
  const [rows, setRows] = useState<readonly ClusterRow[]>(() =>
    portal.clusters.slice(0, 1).map((c) => ({ cluster: c.id, hard: {} })),
  );
  const [edited, setEdited] = useState<number>();
  const save = useAction(async () => {
    const name = businessId(crypto.getRandomValues(new Uint8Array(8)));
    await create<Project>(projectPlace, {
      apiVersion: "business.tkestack.io/v1",
      kind: "Project",
      metadata: { name },
      spec: {
        displayName: displayName.trim(),
        members: [...owners],
        clusters: Object.fromEntries(rows.map(({ cluster, hard }) => [cluster, { hard }])),
      },
    });
    navigate(businessAt("platform", name));
  });
  const nameProblem = displayName.length > 63 ? t("business.displayNameRule") : undefined;
  const valid = displayName.trim() !== "" && !nameProblem && owners.length > 0 && rows.length > 0;
  const change = (i: number, part: Partial<ClusterRow>) =>
    setRows(rows.map((r, j) => (j === i ? { ...r, ...part } : r)));
  const free = portal.clusters.filter((c) => rows.every((r) => r.cluster !== c.id));
  return (
    <div className="page">
      <DetailsHeader title={t("business.create")} back="/p/businesses" />
      <section className="card">
        <Field
          name={t("business.name")}
          must
          hint={t("business.displayNameRule")}
          problem={nameProblem ?? causesOf(save.error, "spec.displayName")}
        >
          {(ids) => (
            <input
              {...ids}
              className="text"
              style={{ maxWidth: 400 }}
              autoFocus
              value={displayName}
              onChange={(e) => setDisplayName(e.target.value)}
            />
          )}
        </Field>
        <Field
          name={t("role.admin")}
          must
          hint={t("business.ownersHint")}
          problem={owners.length === 0 ? t("business.oneOwner") : undefined}
        >
          {(ids) => <People ids={ids} names={owners} known={known.map((u) => u.name)} onChange={setOwners} />}
        </Field>
        <Field
          name={t("context.cluster")}
          must
          problem={rows.length === 0 ? t("business.oneCluster") : causesOf(save.error, "spec.clusters")}
        >
          {() => (
            <div className="stack" style={{ gap: 6 }}>
              {rows.map((row, i) => (
                <div key={row.cluster} className="row wrap">
                  <select
                    className="text"
                    style={{ width: 200 }}
                    aria-label={t("context.cluster")}
                    value={row.cluster}
                    onChange={(e) => change(i, { cluster: e.target.value })}
                  >
                    {portal.clusters
                      .filter((c) => c.id === row.cluster || free.includes(c))
                      .map((c) => (
                        <option key={c.id} value={c.id}>
                          {c.name === c.id ? c.id : `${c.name} (${c.id})`}
                        </option>
                      ))}
                  </select>
                  <Button onClick={() => setEdited(i)}>{t("quota.edit")}</Button>
                  <span className="quiet">{hardText(row.hard)}</span>
                  <Button
                    kind="link"
                    aria-label={`${t("act.remove")} ${row.cluster}`}
                    title={t("act.remove")}
                    onClick={() => setRows(rows.toSpliced(i, 1))}
                  >
                    <Icon name="close" />
                  </Button>
                </div>
              ))}
              <div>
                <Button
                  kind="link"
                  disabled={free.length === 0}
                  onClick={() => setRows([...rows, { cluster: free[0]!.id, hard: {} }])}
                >
                  + {t("business.addCluster")}
                </Button>
              </div>
            </div>
          )}
        </Field>
      </section>
      <Problem error={save.error} />
      <footer className="row">
        <Button kind="primary" busy={save.busy} disabled={!valid} onClick={() => void save.run()}>
          {t("act.done")}
        </Button>
        <Button onClick={() => navigate("/p/businesses")}>{t("act.cancel")}</Button>
      </footer>
      {edited !== undefined && rows[edited] && (
        <QuotaDialog
          title={t("quota.editOf", { name: rows[edited].cluster })}
          hard={rows[edited].hard}
          save={async (hard) => change(edited, { hard })}
          onClose={() => setEdited(undefined)}
        />
      )}
    </div>
  );
}
