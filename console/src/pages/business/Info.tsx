import { useState } from "react";
import { FormDialog } from "../../parts/FormDialog";
import { t } from "../../i18n/text";
import { useAction } from "../../kube/hooks";
import { patch } from "../../kube/write";
import { FactList } from "../../parts/FactList";
import { StepsDialog } from "../../parts/Progress";
import { useConsole } from "../../parts/scope";
import { moment } from "../../parts/words";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/pieces";
import { projectPlace, type Hard, type Project } from "./objects";
import { Phase } from "./Phase";
import { atLeast, change } from "./quota";
import { QuotaDialog, QuotaTable } from "./Quota";
import type { BusinessState } from "./useBusiness";

interface ClusterRow {
  id: string;
  hard: Hard;
  used: Hard;
  namespaces: number;
}

/** 业务信息 */
export function Info({ business }: { business: BusinessState }) {
  const { project, administrator } = business;
  const { portal } = useConsole();
  const [renamed, setRenamed] = useState(false);
  const role = portal.businesses.find((b) => b.name === business.id)?.role;
  return (
    <>
      <section className="card">
        <FactList
          facts={[
            [
              t("business.name"),
              <span key="n" className="row">
                {business.displayName}
                {administrator && (
                  <Button kind="link" small onClick={() => setRenamed(true)}>
                    {t("act.edit")}
                  </Button>
                )}
              </span>,
            ],
            ["ID", business.id],
            ...(project ? [[t("column.status"), <Phase key="p" status={project.status} />] as const] : []),
            ...(role ? [[t("business.myRole"), t(`role.${role}`)] as const] : []),
            ...(project ? [[t("fact.created"), moment(project.metadata.creationTimestamp)] as const] : []),
          ]}
        />
      </section>
      {project && <Clusters project={project} business={business} />}
      {renamed && <Rename business={business} onClose={() => setRenamed(false)} />}
    </>
  );
}

function Clusters({ project, business }: { project: Project; business: BusinessState }) {
  const { administrator } = business;
  const { portal } = useConsole();
  const [edited, setEdited] = useState<{ id: string; hard: Hard; used: Hard }>();
  const [adding, setAdding] = useState(false);
  const [doomed, setDoomed] = useState<ClusterRow>();
  const rows = Object.entries(project.spec.clusters ?? {}).map(([id, { hard = {} }]) => ({
    id,
    hard,
    used: project.status?.clusters?.[id]?.used ?? {},
    namespaces: business.namespaces.filter((n) => n.spec.clusterName === id).length,
  }));
  const put = (id: string, value: unknown) =>
    patch(projectPlace, project.metadata.name, { spec: { clusters: { [id]: value } } });
  const free = portal.clusters.filter((c) => rows.every((r) => r.id !== c.id));
  return (
    <section className="stack">
      <header className="row">
        <h2 className="grow">{t("quota.title")}</h2>
        {administrator && (
          <Button
            disabled={free.length === 0}
            title={free.length === 0 ? t("business.noFreeCluster") : undefined}
            onClick={() => setAdding(true)}
          >
            {t("business.addCluster")}
          </Button>
        )}
      </header>
      {rows.length === 0 && <div className="empty">{t("business.oneCluster")}</div>}
      {rows.map((c) => (
        <section key={c.id} className="card stack" aria-label={c.id}>
          <header className="row">
            <h3 className="grow">
              {c.id} <span className="quiet">{t("business.namespaceCount", { count: c.namespaces })}</span>
            </h3>
            {administrator && (
              <>
                <Button kind="link" small onClick={() => setEdited(c)}>
                  {t("quota.edit")}
                </Button>
                <Button
                  kind="link"
                  small
                  disabled={c.namespaces > 0}
                  title={c.namespaces > 0 ? t("business.clusterInUse") : undefined}
                  onClick={() => setDoomed(c)}
                >
                  {t("business.unbind")}
                </Button>
              </>
            )}
          </header>
          <QuotaTable
            label={t("quota.editOf", { name: c.id })}
            columns={[
              [t("business.clusterQuota"), c.hard],
              [t("quota.granted"), c.used],
            ]}
          />
        </section>
      ))}
      {edited && (
        <QuotaDialog
          title={t("quota.editOf", { name: edited.id })}
          hard={edited.hard}
          bounds={atLeast(edited.used)}
          note={t("business.quotaHint")}
          save={(hard) => put(edited.id, { hard: change(edited.hard, hard) })}
          onClose={() => setEdited(undefined)}
        />
      )}
      {adding && (
        <AddCluster
          free={free.map((c) => c.id)}
          onClose={() => setAdding(false)}
          add={(id) => put(id, { hard: {} })}
          onDone={(id) => setEdited({ id, hard: {}, used: {} })}
        />
      )}
      {doomed && (
        <StepsDialog
          title={t("business.unbind")}
          confirm={t("business.unbind")}
          danger
          onClose={() => setDoomed(undefined)}
          steps={() => [{ name: doomed.id, run: () => put(doomed.id, null) }]}
        >
          <p>{t("business.unbindQuestion", { cluster: doomed.id, name: business.displayName })}</p>
        </StepsDialog>
      )}
    </section>
  );
}

interface AddClusterProps {
  free: readonly string[];
  add: (id: string) => Promise<unknown>;
  onDone: (id: string) => void;
  onClose: () => void;
}

function AddCluster({ free, add, onDone, onClose }: AddClusterProps) {
  const [id, setId] = useState(free[0] ?? "");
  return (
    <StepsDialog
      title={t("business.addCluster")}
      confirm={t("act.done")}
      onClose={onClose}
      onDone={() => onDone(id)}
      steps={() => [{ name: id, run: () => add(id) }]}
    >
      <Field name={t("context.cluster")} must>
        {(ids) => (
          <select {...ids} className="text" value={id} onChange={(e) => setId(e.target.value)}>
            {free.map((cluster) => (
              <option key={cluster}>{cluster}</option>
            ))}
          </select>
        )}
      </Field>
    </StepsDialog>
  );
}

function Rename({ business, onClose }: { business: BusinessState; onClose: () => void }) {
  const [name, setName] = useState(business.displayName);
  const save = useAction(async () => {
    await patch(projectPlace, business.id, { spec: { displayName: name.trim() } });
    onClose();
  });
  const problem =
    name.trim() === "" ? t("rule.required") : name.length > 63 ? t("business.displayNameRule") : undefined;
  return (
    <FormDialog
      title={t("business.rename")}
      confirm={t("act.save")}
      valid={problem === undefined}
      act={save}
      onClose={onClose}
    >
      <Field name={t("business.name")} must problem={problem}>
        {(ids) => <input {...ids} className="text" autoFocus value={name} onChange={(e) => setName(e.target.value)} />}
      </Field>
    </FormDialog>
  );
}
