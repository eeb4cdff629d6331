import { t } from "../i18n/text";
import { Button, Icon } from "../ui/Button";

export interface Pair {
  key: string;
  value: string;
}

export const rowsOf = (entries: readonly (readonly [string, string])[]): Pair[] =>
  entries.map(([key, value]) => ({ key, value }));

interface PairsProps {
  rows: readonly Pair[];
  onChange: (rows: readonly Pair[]) => void;
  add: string;
}

/** Rows of key = value. */
export function Pairs({ rows, onChange, add }: PairsProps) {
  const change = (i: number, part: Partial<Pair>) => onChange(rows.map((r, j) => (j === i ? { ...r, ...part } : r)));
  return (
    <Rows
      rows={rows}
      add={add}
      disabled={rows.some((r) => r.key === "")}
      onAdd={() =>
        onChange([...rows, { key: rows.some((r) => r.key === "key") ? `key${rows.length}` : "key", value: "" }])
      }
      onRemove={(i) => onChange(rows.toSpliced(i, 1))}
    >
      {(row, i) => (
        <>
          <input
            className="text"
            style={{ maxWidth: 220 }}
            aria-label={t("data.key")}
            value={row.key}
            onChange={(e) => change(i, { key: e.target.value.trim() })}
          />
          =
          <input
            className="text"
            style={{ maxWidth: 260 }}
            aria-label={t("data.value")}
            value={row.value}
            onChange={(e) => change(i, { value: e.target.value })}
          />
        </>
      )}
    </Rows>
  );
}

interface RowsProps<T> {
  rows: readonly T[];
  add: string;
  disabled?: boolean;
  onAdd: () => void;
  onRemove: (index: number) => void;
  children: (row: T, index: number) => React.ReactNode;
}

export function Rows<T>({ rows, add, disabled, onAdd, onRemove, children }: RowsProps<T>) {
  return (
    <div className="stack" style={{ gap: 6 }}>
      {rows.map((row, i) => (
        <div key={i} className="row wrap">
          {children(row, i)}
          <Button kind="link" aria-label={t("act.remove")} title={t("act.remove")} onClick={() => onRemove(i)}>
            <Icon name="close" />
          </Button>
        </div>
      ))}
      <div>
        <Button kind="link" disabled={disabled ?? false} onClick={onAdd}>
          + {add}
        </Button>
      </div>
    </div>
  );
}
