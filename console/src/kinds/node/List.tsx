import { useMemo, useState } from "react";
import { t } from "../../i18n/text";
import { known } from "../../kube/path";
import type { Node } from "../../kube/types";
import { patch } from "../../kube/write";
import { ageColumn, labelsColumn, nameColumn } from "../../parts/columns";
import { KindList } from "../../parts/KindList";
import { gibibytes, parseQuantity } from "../../parts/quantity";
import { useRight } from "../../parts/rights";
import { StepsDialog, type Step } from "../../parts/Progress";
import { objectAddress, placeOf, useScope, type Scope } from "../../parts/scope";
import { Button } from "../../ui/Button";
import { Dot } from "../../ui/pieces";
import type { Column } from "../../ui/Table";
import { Drain } from "./Drain";

const isReady = (n: Node) => n.status?.conditions?.some((c) => c.type === "Ready" && c.status === "True") ?? false;
const word = (n: Node) => `${isReady(n) ? "Ready" : "NotReady"}${n.spec.unschedulable ? ",SchedulingDisabled" : ""}`;

const address = (n: Node) => n.status?.addresses?.find((a) => a.type === "InternalIP")?.address ?? "";
const memory = (n: Node) => n.status?.allocatable?.["memory"] ?? "";

export default function List() {
  const scope = useScope();
  const [drained, setDrained] = useState<Node>();
  const [toggled, setToggled] = useState<Node>();
  const change = useRight({ verb: "patch", resource: known.nodes });
  const columns = useMemo<Column<Node>[]>(
    () => [
      nameColumn((n) => objectAddress(scope, "nodes", n.metadata.name)),
      {
        id: "status",
        title: t("column.status"),
        width: "200px",
        value: word,
        cell: (n) => <Dot tone={!isReady(n) ? "bad" : n.spec.unschedulable ? "warn" : "good"}>{word(n)}</Dot>,
      },
      {
        id: "address",
        title: t("node.address"),
        value: address,
        cell: (n) => address(n) || "-",
      },
      {
        id: "cpu",
        title: "CPU",
        width: "70px",
        value: (n) => Number(n.status?.allocatable?.["cpu"]) || 0,
        cell: (n) => n.status?.allocatable?.["cpu"] ?? "-",
      },
      {
        id: "memory",
        title: t("node.memory"),
        width: "100px",
        value: (n) => parseQuantity(memory(n)) ?? 0,
        cell: (n) => gibibytes(memory(n)) || "-",
      },
      {
        id: "version",
        title: t("column.version"),
        width: "150px",
        value: (n) => n.status?.nodeInfo?.kubeletVersion ?? "",
        cell: (n) => n.status?.nodeInfo?.kubeletVersion ?? "-",
      },
      labelsColumn<Node>(true),
      ageColumn<Node>(),
      {
        id: "acts",
        title: t("column.actions"),
        width: "170px",
        acts: true,
        cell: (n) => (
          <span className="row">
            <Button kind="link" small {...change} onClick={() => setToggled(n)}>
              {t(n.spec.unschedulable ? "node.uncordon" : "node.cordon")}
            </Button>
            <Button kind="link" small {...change} onClick={() => setDrained(n)}>
              {t("node.drain")}
            </Button>
          </span>
        ),
      },
    ],
    [scope, change],
  );
  return (
    <>
      <KindList<Node> resource={known.nodes} title={t("side.nodes")} columns={columns} status={word} />
      {toggled && (
        <StepsDialog
          title={t(toggled.spec.unschedulable ? "node.uncordon" : "node.cordon")}
          confirm={t("act.done")}
          onClose={() => setToggled(undefined)}
          steps={() => [cordon(scope, toggled, !toggled.spec.unschedulable)]}
        >
          <p>
            {t(toggled.spec.unschedulable ? "node.uncordonQuestion" : "node.cordonQuestion", {
              name: toggled.metadata.name,
            })}
          </p>
        </StepsDialog>
      )}
      {drained && <Drain node={drained} scope={scope} onClose={() => setDrained(undefined)} />}
    </>
  );
}

const cordon = (scope: Scope, node: Node, unschedulable: boolean): Step => ({
  name: `${t(unschedulable ? "node.cordon" : "node.uncordon")} ${node.metadata.name}`,
  run: () => patch(placeOf(scope, known.nodes), node.metadata.name, { spec: { unschedulable } }),
});
