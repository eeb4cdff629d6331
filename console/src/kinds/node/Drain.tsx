import { useEffect, useRef, useState } from "react";
import { t } from "../../i18n/text";
import { useAction, useList } from "../../kube/hooks";
import { keyOf, known } from "../../kube/path";
import type { Node, Pod } from "../../kube/types";
import { evict, patch } from "../../kube/write";
import { Problem } from "../../parts/Problem";
import { placeFor, placeOf, type Scope } from "../../parts/scope";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Dot, Notice } from "../../ui/pieces";
import { Table } from "../../ui/Table";
import { toggled } from "../../ui/toggled";
import { evictAll, lossesOf, stays, toEvict, type Eviction, type Loss } from "./drain";

const pause = 5000;

interface DrainProps {
  node: Node;
  scope: Scope;
  onClose: () => void;
}

/** Cordons, evicts, and follows each pod until it is gone. Closing stops asking; what was evicted stays so. */
export function Drain({ node, scope, onClose }: DrainProps) {
  const { name } = node.metadata;
  const { items, loading, error } = useList<Pod>(
    { cluster: scope.cluster, resource: known.pods },
    { fieldSelector: `spec.nodeName=${name}` },
  );
  const [taken, setTaken] = useState<ReadonlySet<Loss>>(new Set());
  const [begun, setBegun] = useState<readonly Pod[]>();
  const [evictions, setEvictions] = useState<Readonly<Record<string, Eviction>>>({});
  const open = useRef(true);
  useEffect(() => {
    open.current = true;
    return () => {
      open.current = false;
    };
  }, []);
  const going = toEvict(items, taken);
  const drain = useAction(async () => {
    await patch(placeOf(scope, known.nodes), name, { spec: { unschedulable: true } });
    setBegun(going);
    await evictAll(going, {
      evict: (pod) => evict(placeFor(scope, known.pods, pod.metadata.namespace), pod),
      say: (key, eviction) => open.current && setEvictions((now) => ({ ...now, [key]: eviction })),
      goesOn: () => open.current,
      pause: () => new Promise((resolve) => setTimeout(resolve, pause)),
    });
  });
  const rows = begun ?? items.filter((pod) => !stays(pod));
  const here = new Map(items.map((pod) => [keyOf(pod), pod]));
  const gone = begun?.filter((pod) => !here.has(keyOf(pod))).length ?? 0;
  const waits = begun?.map((pod) => (here.has(keyOf(pod)) ? evictions[keyOf(pod)] : undefined)) ?? [];
  const done = begun !== undefined && gone === begun.length;
  // Whole, and once: in a line of the table it would be cut.
  const said = [...new Set(waits.flatMap((e) => (e && "said" in e ? [e.said] : [])))];
  const left = items.filter((pod) => !stays(pod)).length;
  const risk = (loss: Loss) => rows.filter((pod) => lossesOf(pod).includes(loss)).length;
  return (
    <Dialog
      title={t("node.drainTitle", { name })}
      closeText={t("act.close")}
      width={820}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t(begun ? "act.close" : "act.cancel")}</Button>
          {!begun && (
            <Button kind="danger" busy={drain.busy} disabled={loading} onClick={() => void drain.run()}>
              {t("node.drain")}
            </Button>
          )}
        </>
      }
    >
      <Problem error={drain.error ?? error} />
      {!begun && <Notice tone="warn">{t("node.drainHint")}</Notice>}
      {!begun &&
        (["unmanaged", "emptyDir"] as const).map(
          (loss) =>
            risk(loss) > 0 && (
              <p key={loss}>
                <label className="choice">
                  <input type="checkbox" checked={taken.has(loss)} onChange={() => setTaken(toggled(taken, loss))} />
                  {t(`node.loss.${loss}`, { count: risk(loss) })}
                </label>
              </p>
            ),
        )}
      {begun ? (
        <p className="row" role="status">
          <progress
            max={Math.max(1, begun.length)}
            value={begun.length === 0 ? 1 : gone}
            aria-label={t("node.drain")}
          />
          {done ? t("node.drained", { name }) : t("node.drainedSoFar", { gone, count: begun.length })}
        </p>
      ) : (
        <p>{loading ? t("state.loading") : t("node.drainCount", { count: going.length })}</p>
      )}
      {said.map((each) => (
        <Notice key={each} tone="warn">
          {each}
        </Notice>
      ))}
      {done && left > 0 && <Notice tone="warn">{t("node.left", { count: left })}</Notice>}
      <div style={{ height: Math.min(360, 42 + Math.max(3, rows.length) * 44), display: "flex" }}>
        <Table
          label={t("node.drain")}
          rows={rows}
          keyOf={keyOf}
          empty={loading ? t("state.loading") : t("node.drainNothing")}
          columns={[
            { id: "namespace", title: t("column.namespace"), width: "140px", cell: (p) => p.metadata.namespace ?? "" },
            { id: "name", title: t("column.name"), cell: (p) => p.metadata.name },
            {
              id: "state",
              title: t("column.status"),
              width: "minmax(200px, 2fr)",
              cell: (p) =>
                begun ? (
                  <Fate now={here.get(keyOf(p))} eviction={evictions[keyOf(p)]} />
                ) : going.includes(p) ? (
                  t("node.willGo")
                ) : (
                  <span className="quiet">{t("node.staysHere")}</span>
                ),
            },
          ]}
        />
      </div>
    </Dialog>
  );
}

/** How far one pod is; `now` is the pod as it still is on the node. */
function Fate({ now, eviction }: { now: Pod | undefined; eviction: Eviction | undefined }) {
  if (!now) return <Dot tone="good">{t("node.gone")}</Dot>;
  if (now.metadata.deletionTimestamp) {
    return (
      <Dot tone="warn" busy>
        {t("node.terminating")}
      </Dot>
    );
  }
  const said = eviction && "said" in eviction ? eviction.said : undefined;
  if (eviction?.is === "failed") {
    return (
      <Dot tone="bad" title={said}>
        {t("node.failed")}
      </Dot>
    );
  }
  return (
    <Dot tone={eviction?.is === "refused" ? "warn" : "quiet"} busy title={said}>
      {t(said ? "node.refused" : "node.waiting")}
    </Dot>
  );
}
