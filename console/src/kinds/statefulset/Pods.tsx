import { useMemo, useState } from "react";
import { joined, t } from "../../i18n/text";
import { keyOf, known } from "../../kube/path";
import type { Pod } from "../../kube/types";
import { remove } from "../../kube/write";
import { ageColumn } from "../../parts/columns";
import { ContainerTable } from "../../parts/ContainerTable";
import { podReason, podTone, podWord, readyCount, restarts } from "../../parts/pods";
import { StepsDialog } from "../../parts/Progress";
import { useRight } from "../../parts/rights";
import { found, type Searchable } from "../../parts/search";
import { SearchBox } from "../../parts/SearchBox";
import { objectAddress, placeFor, useScope } from "../../parts/scope";
import { WhyButton } from "../../parts/Why";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Dot } from "../../ui/pieces";
import { Link, useQuery, withQuery } from "../../ui/router";
import { sorted, Table, type Column, type Sort } from "../../ui/Table";
import { later } from "../../parts/later";

const searchable: Searchable<Pod> = {
  name: (pod) => `${pod.metadata.name} ${pod.status?.podIP ?? ""}`,
  labels: (pod) => pod.metadata.labels ?? {},
  status: podWord,
};

const TerminalDialog = later(() => import("../../parts/TerminalDialog"), null);

/** The pods of a set, with kubectl's words. */
export function Pods({ pods, loading }: { pods: readonly Pod[]; loading: boolean }) {
  const scope = useScope();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [sort, setSort] = useState<Sort>({ column: "name", descending: false });
  const [dialog, setDialog] = useState<
    { kind: "destroy"; pods: readonly Pod[] } | { kind: "terminal" | "containers"; pod: Pod }
  >();
  const deletion = useRight({ verb: "delete", resource: known.pods });
  const login = useRight({ verb: "create", resource: known.pods, subresource: "exec" });
  const query = useQuery();
  const search = query.getAll("q").join("\n");
  const columns = useMemo<Column<Pod>[]>(
    () => [
      {
        id: "name",
        title: t("pod.name"),
        width: "minmax(110px, 1.4fr)",
        value: (pod) => pod.metadata.name,
        cell: (pod) => (
          <Link to={objectAddress(scope, "pods", pod.metadata.name, pod.metadata.namespace)}>{pod.metadata.name}</Link>
        ),
      },
      {
        id: "status",
        title: t("column.status"),
        width: "minmax(130px, 1.8fr)",
        value: podWord,
        cell: (pod) => <State pod={pod} />,
      },
      { id: "ready", title: t("pod.ready"), width: "76px", value: readyCount, cell: readyCount },
      { id: "restarts", title: t("pod.restarts"), width: "90px", value: restarts, cell: restarts },
      {
        id: "node",
        title: t("pod.node"),
        width: "minmax(112px, 1fr)",
        value: (pod) => pod.spec.nodeName ?? "",
        cell: (pod) => pod.spec.nodeName ?? "-",
      },
      {
        id: "ip",
        title: t("pod.ip"),
        width: "120px",
        value: (pod) => pod.status?.podIP ?? "",
        cell: (pod) => pod.status?.podIP ?? "-",
      },
      ageColumn<Pod>(),
      {
        id: "acts",
        title: t("column.actions"),
        width: "300px",
        acts: true,
        cell: (pod) => (
          <span className="row">
            <Button kind="link" small {...deletion} onClick={() => setDialog({ kind: "destroy", pods: [pod] })}>
              {t("pod.rebuild")}
            </Button>
            <Button
              kind="link"
              small
              disabled={pod.status?.phase !== "Running" || login.disabled}
              title={login.title}
              onClick={() => setDialog({ kind: "terminal", pod })}
            >
              {t("pod.login")}
            </Button>
            <Button kind="link" small onClick={() => setDialog({ kind: "containers", pod })}>
              {t("pod.containers")}
            </Button>
            <Link className="button link small" to={withQuery({ tab: "logs", pod: pod.metadata.name })}>
              {t("tab.logs")}
            </Link>
          </span>
        ),
      },
    ],
    [scope, deletion, login],
  );
  const all = useMemo(() => sorted(pods, columns, sort), [pods, columns, sort]);
  const rows = useMemo(() => found(all, search, searchable), [all, search]);
  const picked = rows.filter((pod) => chosen.has(keyOf(pod)));
  return (
    <>
      <div className="row wrap">
        <SearchBox />
        <Button
          title={deletion.title}
          disabled={picked.length === 0 || deletion.disabled}
          onClick={() => setDialog({ kind: "destroy", pods: picked })}
        >
          {t("pod.rebuild")}
          {picked.length > 0 && ` (${picked.length})`}
        </Button>
      </div>
      <div style={{ flex: "1 0 260px", display: "flex", minHeight: 260 }}>
        <Table
          label="Pod"
          columns={columns}
          rows={rows}
          keyOf={keyOf}
          empty={loading ? t("state.loading") : t("pod.none")}
          sort={sort}
          onSort={setSort}
          chosen={chosen}
          onChoose={setChosen}
          chooseText={t("list.chooseAll")}
        />
      </div>
      {dialog?.kind === "destroy" && (
        <StepsDialog
          title={t("pod.rebuildTitle")}
          confirm={t("pod.rebuild")}
          danger
          onClose={() => setDialog(undefined)}
          steps={() =>
            dialog.pods.map((pod) => ({
              name: pod.metadata.name,
              run: () =>
                remove(placeFor(scope, known.pods, pod.metadata.namespace), pod.metadata.name, {
                  uid: pod.metadata.uid,
                }),
            }))
          }
        >
          <p>{t("pod.rebuildQuestion", { names: joined(dialog.pods.map((p) => p.metadata.name)) })}</p>
        </StepsDialog>
      )}
      {dialog?.kind === "containers" && <ContainersDialog pod={dialog.pod} onClose={() => setDialog(undefined)} />}
      {dialog?.kind === "terminal" && <TerminalDialog pod={dialog.pod} onClose={() => setDialog(undefined)} />}
    </>
  );
}

function State({ pod }: { pod: Pod }) {
  const tone = podTone(pod);
  const reason = podReason(pod);
  return (
    <span className="row">
      <Dot tone={tone} busy={tone === "warn"} title={reason || undefined}>
        {podWord(pod)} <span className="quiet">{tone === "good" ? "" : reason}</span>
      </Dot>
      {(tone === "warn" || tone === "bad") && <WhyButton kind="Pod" object={pod} />}
    </span>
  );
}

function ContainersDialog({ pod, onClose }: { pod: Pod; onClose: () => void }) {
  return (
    <Dialog
      title={t("container.title", { name: pod.metadata.name })}
      closeText={t("act.close")}
      onClose={onClose}
      width={860}
    >
      <ContainerTable pod={pod} />
    </Dialog>
  );
}
