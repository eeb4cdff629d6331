import { useState } from "react";
import { FormDialog } from "../../parts/FormDialog";
import { t } from "../../i18n/text";
import { useAction } from "../../kube/hooks";
import { Button, Icon } from "../../ui/Button";
import { Table } from "../../ui/Table";
import type { Hard } from "./objects";
import {
  hardOf,
  keysOf,
  keyText,
  limitText,
  nextKey,
  problemsOf,
  quotaKeys,
  rowsOf,
  unbounded,
  unitText,
  withUnit,
  type Bounds,
  type QuotaRow,
} from "./quota";

interface QuotaRowsProps {
  rows: readonly QuotaRow[];
  bounds: Bounds;
  /** What is there already: an amount that nobody touches may stay as it is. */
  before?: Hard;
  onChange: (rows: readonly QuotaRow[]) => void;
}

/** 填写资源限制: what the business limits stands in every row's place and cannot be taken away. */
export function QuotaRows({ rows, bounds, before = {}, onChange }: QuotaRowsProps) {
  const problems = problemsOf(rows, bounds, before);
  const change = (i: number, part: Partial<QuotaRow>) =>
    onChange(rows.map((r, j) => (j === i ? { ...r, ...part } : r)));
  const next = nextKey(rows);
  const computes = rows.some(({ key }) => /^(requests|limits)\.(cpu|memory)$/.test(key));
  return (
    <div className="stack" style={{ gap: 8 }}>
      {rows.length === 0 && <div className="quiet">{t("quota.none")}</div>}
      {rows.map((row, i) => {
        const must = row.key in bounds.most;
        const known = row.key in quotaKeys;
        return (
          <div key={i}>
            <div className="row wrap">
              <select
                className="text"
                style={{ width: 210 }}
                aria-label={t("quota.type")}
                value={row.key}
                disabled={must || !known}
                onChange={(e) => change(i, { key: e.target.value, input: "" })}
              >
                {[...(known ? [] : [row.key]), ...Object.keys(quotaKeys)].map((key) => (
                  <option key={key} value={key} disabled={key !== row.key && rows.some((other) => other.key === key)}>
                    {keyText(key)}
                  </option>
                ))}
              </select>
              <input
                className="text"
                style={{ width: 120 }}
                inputMode="decimal"
                aria-label={keyText(row.key)}
                aria-invalid={row.input !== "" && problems[i] !== undefined}
                value={row.input}
                onChange={(e) => change(i, { input: e.target.value.trim() })}
              />
              <span>{unitText(row.key)}</span>
              {must && (
                <span className="quiet">
                  {t("quota.remaining", { most: withUnit(row.key, bounds.most[row.key]!) })}
                </span>
              )}
              {!must && row.key in bounds.least && (
                <span className="quiet">{t("quota.used", { used: withUnit(row.key, bounds.least[row.key]!) })}</span>
              )}
              {!must && (
                <Button
                  kind="link"
                  aria-label={`${t("act.remove")} ${keyText(row.key)}`}
                  title={t("act.remove")}
                  onClick={() => onChange(rows.toSpliced(i, 1))}
                >
                  <Icon name="close" />
                </Button>
              )}
            </div>
            {row.input !== "" && problems[i] && <div className="bad">{problems[i]}</div>}
          </div>
        );
      })}
      <div>
        <Button
          kind="link"
          disabled={next === undefined}
          onClick={() => next && onChange([...rows, { key: next, input: "" }])}
        >
          + {t("quota.add")}
        </Button>
      </div>
      {computes && <div className="quiet">{t("quota.computes")}</div>}
    </div>
  );
}

export const quotaFits = (rows: readonly QuotaRow[], bounds: Bounds, before: Hard = {}) =>
  problemsOf(rows, bounds, before).every((problem) => problem === undefined);

interface QuotaDialogProps {
  title: string;
  hard: Hard;
  bounds?: Bounds;
  /** Said above the rows. */
  note?: string | undefined;
  save: (hard: Hard) => Promise<unknown>;
  onClose: () => void;
}

/** A quota on its own: for one cluster of a business, or one of its namespaces. */
export function QuotaDialog({ title, hard, bounds = unbounded, note, save, onClose }: QuotaDialogProps) {
  const [rows, setRows] = useState<readonly QuotaRow[]>(() => rowsOf(hard, Object.keys(bounds.most)));
  const put = useAction(async () => {
    await save(hardOf(rows, hard));
    onClose();
  });
  return (
    <FormDialog
      title={title}
      width={680}
      confirm={t("act.done")}
      valid={quotaFits(rows, bounds, hard)}
      act={put}
      onClose={onClose}
    >
      {note && <p>{note}</p>}
      <QuotaRows rows={rows} bounds={bounds} before={hard} onChange={setRows} />
    </FormDialog>
  );
}

interface QuotaTableProps {
  label: string;
  /** Each a column: its title, and the quota of which it says the limits. */
  columns: readonly (readonly [title: string, hard: Hard | undefined])[];
}

/** Quotas side by side, a line for each key. */
export function QuotaTable({ label, columns }: QuotaTableProps) {
  return (
    <Table
      fit
      label={label}
      columns={[
        { id: "key", title: t("quota.type"), width: "minmax(180px, 1fr)", cell: keyText },
        ...columns.map(([title, hard]) => ({ id: title, title, cell: (key: string) => limitText(key, hard) })),
      ]}
      rows={keysOf(...columns.map(([, hard]) => hard))}
      keyOf={(key) => key}
      empty={t("quota.unlimited")}
    />
  );
}
