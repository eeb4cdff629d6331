import { useState } from "react";
import { t } from "../../i18n/text";
import { useAsync } from "../../kube/hooks";
import { collectionPath, known, objectPath, query } from "../../kube/path";
import { request } from "../../kube/request";
import type { KubeObject, Resource } from "../../kube/types";
import { remove } from "../../kube/write";
import { StepsDialog } from "../../parts/Progress";
import { Field, Notice } from "../../ui/pieces";
import { namespacePlace, type BusinessNamespace } from "./objects";
import type { BusinessState } from "./useBusiness";

interface DeleteNamespaceProps {
  business: BusinessState;
  namespace: BusinessNamespace;
  onClose: () => void;
}

/** Says what goes with it, as the cluster has it now, and wants the name typed. */
export function DeleteNamespace({ business, namespace, onClose }: DeleteNamespaceProps) {
  const { name, uid } = namespace.metadata;
  const real = namespace.spec.namespace;
  const [typed, setTyped] = useState("");
  const { value } = useAsync(() => within(namespace), name);
  return (
    <StepsDialog
      title={t("business.deleteNamespace")}
      confirm={t("act.delete")}
      danger
      width={620}
      valid={typed === real && value !== undefined}
      onClose={onClose}
      steps={() => [
        {
          name: real,
          run: () => remove(namespacePlace(business.id), name, { uid, propagationPolicy: "Background" }),
        },
      ]}
    >
      <p>{t("act.deleteQuestion", { kind: "Namespace", name: `${real} (${namespace.spec.clusterName})` })}</p>
      <Notice tone="bad">
        {t("business.takesAll", { namespace: real, cluster: namespace.spec.clusterName })}
        {value && value.counts.length > 0 && (
          <ul>
            {value.counts.map(({ kind, count }) => (
              <li key={kind}>
                {kind}: {count ?? t("business.unknownCount")}
              </li>
            ))}
          </ul>
        )}
      </Notice>
      {value?.adopted && <Notice tone="warn">{t("business.wasAdopted", { namespace: real })}</Notice>}
      <Field name={t("business.typeName", { name: real })} must>
        {(ids) => (
          <input
            {...ids}
            className="text mono"
            autoFocus
            autoComplete="off"
            placeholder={real}
            value={typed}
            onChange={(e) => setTyped(e.target.value.trim())}
          />
        )}
      </Field>
    </StepsDialog>
  );
}

const counted: readonly Resource[] = [
  known.statefulsets,
  known.pods,
  known.services,
  known.claims,
  known.configmaps,
  known.secrets,
];

interface Within {
  counts: { kind: string; count: number | undefined }[];
  /** It was there before the business had it: somebody may think of it as his own. */
  adopted: boolean;
}

async function within({ spec, metadata }: BusinessNamespace): Promise<Within> {
  const { clusterName: cluster, namespace } = spec;
  const counts = await Promise.all(
    counted.map(async (resource) => ({ kind: resource.kind, count: await countOf(cluster, namespace, resource) })),
  );
  const real = await request<KubeObject>(objectPath({ cluster, resource: known.namespaces }, namespace)).catch(
    () => undefined,
  );
  const adopted = isAdopted(real, metadata.creationTimestamp);
  return { counts: counts.filter(({ count }) => count !== 0), adopted };
}

const isAdopted = (real: KubeObject | undefined, since: string | undefined) =>
  real?.metadata.creationTimestamp !== undefined &&
  since !== undefined &&
  Date.parse(real.metadata.creationTimestamp) < Date.parse(since);

interface Counted {
  metadata: { remainingItemCount?: number };
  items: unknown[];
}

/** How many there are; undefined when that may not be known. */
async function countOf(cluster: string, namespace: string, resource: Resource): Promise<number | undefined> {
  const path = query(collectionPath({ cluster, resource, namespace }), { limit: 500 });
  const accept = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json";
  return request<Counted>(path, { accept })
    .then(({ items, metadata }) => items.length + (metadata.remainingItemCount ?? 0))
    .catch(() => undefined);
}
