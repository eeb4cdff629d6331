import { t } from "../i18n/text";
import type { Container, ContainerStatus, Pod } from "../kube/types";
import { Table, type Column } from "../ui/Table";
import { containerWord } from "./pods";

interface Row {
  container: Container;
  status: ContainerStatus | undefined;
}

const columns = (): Column<Row>[] => [
  { id: "name", title: t("container.name"), cell: (r) => r.container.name },
  {
    id: "id",
    title: t("container.id"),
    width: "130px",
    cell: (r) => r.status?.containerID?.replace(/^.*\/\//, "").slice(0, 12) ?? "-",
  },
  { id: "image", title: t("container.image"), width: "minmax(140px, 2fr)", cell: (r) => r.container.image ?? "" },
  { id: "state", title: t("column.status"), width: "minmax(140px, 1.5fr)", cell: (r) => containerWord(r.status) },
  { id: "restarts", title: t("pod.restarts"), width: "90px", cell: (r) => String(r.status?.restartCount ?? 0) },
];

/** The containers of a pod, those that come first among them. */
export function ContainerTable({ pod }: { pod: Pod }) {
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  const rows = [...(pod.spec.initContainers ?? []), ...pod.spec.containers].map((container) => ({
    container,
    status: statuses.find((s) => s.name === container.name),
  }));
  return (
    <Table fit label={t("pod.containers")} columns={columns()} rows={rows} keyOf={(r) => r.container.name} empty="-" />
  );
}
