import { t } from "../../i18n/text";
import { useList } from "../../kube/hooks";
import { keyOf, known } from "../../kube/path";
import type { Claim, Pod, StatefulSet } from "../../kube/types";
import { objectAddress, placeOf, useScope } from "../../parts/scope";
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
  const mounted = new Set(
    pods.flatMap((p) =>
      (p.spec.volumes ?? []).map((v) => (v["persistentVolumeClaim"] as { claimName?: string })?.claimName),
    ),
  );
  const rows = items.filter((c) => pattern.test(c.metadata.name) || mounted.has(c.metadata.name));
  const podOf = (claim: Claim) =>
    pods.find((p) =>
      (p.spec.volumes ?? []).some(
        (v) => (v["persistentVolumeClaim"] as { claimName?: string })?.claimName === claim.metadata.name,
      ),
    );
  const columns: Column<Claim>[] = [
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
    { id: "pod", title: "Pod", cell: (c) => podOf(c)?.metadata.name ?? t("claim.unused") },
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
