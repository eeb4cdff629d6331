import { useState } from "react";
import { stringify } from "yaml";
import { t } from "../../i18n/text";
import { useList } from "../../kube/hooks";
import { keyOf, known } from "../../kube/path";
import type { ControllerRevision, PodTemplate, StatefulSet } from "../../kube/types";
import { patchJson } from "../../kube/write";
import { StepsDialog } from "../../parts/Progress";
import { Problem } from "../../parts/Problem";
import { useRight } from "../../parts/rights";
import { placeFor, placeOf, useScope } from "../../parts/scope";
import { moment, selectorQuery } from "../../parts/words";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Table, type Column } from "../../ui/Table";
import { resource } from "./kind";
import { later } from "../../parts/later";

const DiffView = later(() => import("../../parts/DiffView"));

function templateOf(revision: ControllerRevision): PodTemplate | undefined {
  const { $patch: _, ...template } = (revision.data?.spec?.template ?? {}) as PodTemplate & { $patch?: string };
  return template.spec ? template : undefined;
}

export function Revisions({ set }: { set: StatefulSet }) {
  const scope = useScope();
  const { items, loading, error } = useList<ControllerRevision>(placeOf(scope, known.revisions), {
    labelSelector: selectorQuery(set.spec.selector),
  });
  const change = useRight({ verb: "patch", resource, name: set.metadata.name });
  const [open, setOpen] = useState<{ kind: "diff" | "rollback"; revision: ControllerRevision }>();
  const rows = items
    .filter((r) => r.metadata.ownerReferences?.some((o) => o.uid === set.metadata.uid))
    .sort((a, b) => b.revision - a.revision);
  const isCurrent = (r: ControllerRevision) => r.metadata.name === set.status?.updateRevision;
  const columns: Column<ControllerRevision>[] = [
    {
      id: "revision",
      title: t("revision.number"),
      width: "110px",
      cell: (r) => (isCurrent(r) ? `v${r.revision} · ${t("revision.current")}` : `v${r.revision}`),
    },
    {
      id: "images",
      title: t("column.images"),
      width: "minmax(160px, 2fr)",
      cell: (r) =>
        templateOf(r)
          ?.spec.containers.map((c) => c.image)
          .join(", ") ?? "-",
    },
    { id: "hash", title: t("column.name"), cell: (r) => r.metadata.name },
    { id: "time", title: t("revision.time"), width: "180px", cell: (r) => moment(r.metadata.creationTimestamp) },
    {
      id: "acts",
      title: t("column.actions"),
      width: "190px",
      acts: true,
      cell: (revision) => (
        <span className="row">
          <Button kind="link" small onClick={() => setOpen({ kind: "diff", revision })}>
            {t("revision.compare")}
          </Button>
          <Button
            kind="link"
            small
            disabled={isCurrent(revision) || change.disabled}
            title={isCurrent(revision) ? t("revision.isCurrent") : change.title}
            onClick={() => setOpen({ kind: "rollback", revision })}
          >
            {t("revision.rollback")}
          </Button>
        </span>
      ),
    },
  ];
  const diff = open && (
    <DiffView
      before={stringify(open.kind === "diff" ? templateOf(open.revision) : set.spec.template)}
      after={stringify(open.kind === "diff" ? set.spec.template : templateOf(open.revision))}
    />
  );
  return (
    <>
      <Problem error={error} />
      <Table
        fit
        label={t("sts.tabRevisions")}
        columns={columns}
        rows={rows}
        keyOf={keyOf}
        empty={loading ? t("state.loading") : t("list.empty")}
      />
      {open?.kind === "diff" && (
        <Dialog
          title={t("revision.compareTitle", { number: open.revision.revision })}
          closeText={t("act.close")}
          width={1000}
          onClose={() => setOpen(undefined)}
        >
          {diff}
        </Dialog>
      )}
      {open?.kind === "rollback" && (
        <StepsDialog
          title={t("revision.rollbackTitle")}
          confirm={t("revision.rollback")}
          width={1000}
          onClose={() => setOpen(undefined)}
          steps={() => [
            {
              name: set.metadata.name,
              run: () =>
                patchJson(placeFor(scope, resource, set.metadata.namespace), set.metadata.name, [
                  { op: "replace", path: "/spec/template", value: templateOf(open.revision) },
                ]),
            },
          ]}
        >
          <p>{t("revision.rollbackQuestion", { name: set.metadata.name, number: open.revision.revision })}</p>
          {diff}
        </StepsDialog>
      )}
    </>
  );
}
