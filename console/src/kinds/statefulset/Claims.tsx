import { useMemo } from "react";
import { t } from "../../i18n/text";
import { useList } from "../../kube/hooks";
import { keyOf, known } from "../../kube/path";
import type { Claim, Pod, StatefulSet } from "../../kube/types";
import { objectAddress, placeOf, useScope, type Scope } from "../../parts/scope";
import { ageColumn } from "../../parts/columns";
import { WhyButton } from "../../parts/Why";
import { Dot } from "../../ui/pieces";
import { Link } from "../../ui/router";
import { Table, type Column } from "../../ui/Table";
import { claimPattern } from "./kind";

/** The disks that the set's templates made, each with the pod that has it, or the word that none has. */
export function Claims({ set, pods }: { set: StatefulSet; pods: readonly Pod[] }) {
  const scope = useScope();
  const { items, loading } = useList<Claim>(placeOf(scope, known.claims));
  const pattern = claimPattern(set);
  const podOf = useMemo(() => new Map(pods.flatMap(claimsOf).reverse()), [pods]);
  const rows = items.filter((c) => pattern.test(c.metadata.name) || podOf.has(c.metadata.name));
  const columns = useMemo(() => columnsOf(scope, podOf), [scope, podOf]);
  return (
    <Table
      fit
      label={t("sts.tabClaims")}
      columns={columns}
      rows={rows}
      keyOf={keyOf}
      empty={loading ? t("state.loading") : t("claim.none")}
    />
  );
}

/** Each claim that a pod mounts, with the pod's name. */
const claimsOf = (pod: Pod) =>
  (pod.spec.volumes ?? []).flatMap((volume) => {
    const claim = (volume["persistentVolumeClaim"] as { claimName?: string } | undefined)?.claimName;
    return claim === undefined ? [] : [[claim, pod.metadata.name] as const];
  });

function columnsOf(scope: Scope, podOf: ReadonlyMap<string, string>): Column<Claim>[] {
  return [
    {
      id: "name",
      title: t("column.name"),
      width: "minmax(160px, 2fr)",
      cell: (c) => <Link to={objectAddress(scope, "persistentvolumeclaims", c.metadata.name)}>{c.metadata.name}</Link>,
    },
    {
      id: "status",
      title: t("column.status"),
      width: "150px",
      cell: (c) => (
        <span className="row">
          <Dot tone={c.status?.phase === "Bound" ? "good" : "warn"}>{c.status?.phase ?? "Pending"}</Dot>
          {c.status?.phase !== "Bound" && <WhyButton kind="PersistentVolumeClaim" object={c} />}
        </span>
      ),
    },
    { id: "pod", title: "Pod", cell: (c) => podOf.get(c.metadata.name) ?? t("claim.unused") },
    {
      id: "size",
      title: t("claim.size"),
      width: "100px",
      cell: (c) => c.status?.capacity?.["storage"] ?? c.spec.resources?.requests?.["storage"] ?? "-",
    },
    { id: "class", title: "StorageClass", width: "140px", cell: (c) => c.spec.storageClassName ?? "-" },
    { id: "modes", title: t("claim.modes"), width: "150px", cell: (c) => (c.spec.accessModes ?? []).join(", ") },
    ageColumn<Claim>(),
  ];
}
