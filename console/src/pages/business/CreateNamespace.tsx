import { useState } from "react";
import { FormDialog } from "../../parts/FormDialog";
import { t } from "../../i18n/text";
import { useAction } from "../../kube/hooks";
import { create } from "../../kube/write";
import { causesOf } from "../../parts/Problem";
import { useConsole } from "../../parts/scope";
import { Field } from "../../ui/pieces";
import { namespaceProblem } from "./names";
import { namespacePlace, type BusinessNamespace } from "./objects";
import { boundsIn, hardOf, rowsOf, type QuotaRow } from "./quota";
import { quotaFits, QuotaRows } from "./Quota";
import type { BusinessState } from "./useBusiness";

interface CreateNamespaceProps {
  business: BusinessState;
  onClose: () => void;
}

/** 新建Namespace: asked for here, granted by the cluster; what is not granted stays in the list with its reason. */
export function CreateNamespace({ business, onClose }: CreateNamespaceProps) {
  const { portal } = useConsole();
  const clusters = Object.keys(business.project?.spec.clusters ?? {});
  const [name, setName] = useState("");
  const [cluster, setCluster] = useState(clusters[0] ?? "");
  const bounds = boundsIn(business, cluster);
  const must = Object.keys(bounds.most);
  const [rows, setRows] = useState<readonly QuotaRow[]>(() => rowsOf({}, must));
  const choose = (id: string) => {
    setCluster(id);
    setRows(rowsOf({}, Object.keys(boundsIn(business, id).most)));
  };
  const save = useAction(async () => {
    await create<BusinessNamespace>(namespacePlace(business.id), {
      apiVersion: "business.tkestack.io/v1",
      kind: "Namespace",
      metadata: { name: `${cluster}-${name}`, namespace: business.id },
      spec: { clusterName: cluster, namespace: name, hard: hardOf(rows, {}) },
    });
    onClose();
  });
  const wrong = namespaceProblem(name);
  const taken = business.namespaces.some((n) => n.spec.clusterName === cluster && n.spec.namespace === name);
  const problem = taken ? t("business.nameTaken") : name !== "" && wrong ? t(wrong) : undefined;
  return (
    <FormDialog
      title={t("business.createNamespace")}
      width={720}
      confirm={t("act.done")}
      valid={wrong === undefined && !taken && cluster !== "" && quotaFits(rows, bounds)}
      act={save}
      onClose={onClose}
    >
      <Field
        name={t("column.name")}
        must
        hint={t("business.nameRule")}
        problem={problem ?? causesOf(save.error, "spec.namespace")}
      >
        {(ids) => (
          <input
            {...ids}
            className="text"
            autoFocus
            autoComplete="off"
            value={name}
            onChange={(e) => setName(e.target.value.trim())}
          />
        )}
      </Field>
      <Field name={t("context.business")}>
        {() => (
          <div style={{ paddingTop: 5 }}>
            {business.id} ({business.displayName})
          </div>
        )}
      </Field>
      <Field name={t("context.cluster")} must problem={clusters.length === 0 ? t("business.oneCluster") : undefined}>
        {(ids) => (
          <select {...ids} className="text" value={cluster} onChange={(e) => choose(e.target.value)}>
            {clusters.map((id) => (
              <option key={id} value={id}>
                {portal.clusters.find((c) => c.id === id)?.name ?? id}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field name={t("quota.title")} hint={must.length > 0 ? t("quota.must") : undefined}>
        {() => <QuotaRows rows={rows} bounds={bounds} onChange={setRows} />}
      </Field>
    </FormDialog>
  );
}
