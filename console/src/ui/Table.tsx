import { memo, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { toggled } from "./toggled";
import "./table.css";

/** How a table shows one thing of its rows. Cells are plain: what is drawn five thousand times must cost nothing. */
export interface Column<T> {
  id: string;
  title: string;
  /** A CSS grid width: `120px`, `minmax(160px, 2fr)`. */
  width?: string;
  cell: (row: T) => ReactNode;
  /** What sorting compares and what an export writes. */
  value?: (row: T) => string | number;
  /** Not shown until chosen. */
  optional?: boolean;
  acts?: boolean;
}

interface TableProps<T> {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string;
  empty: ReactNode;
  chosen?: ReadonlySet<string>;
  onChoose?: (keys: ReadonlySet<string>) => void;
  chooseText?: string;
  /** As high as its rows, instead of as high as its place. */
  fit?: boolean;
  sort?: Sort | undefined;
  onSort?: (sort: Sort) => void;
}

export interface Sort {
  column: string;
  descending: boolean;
}

const rowHeight = 44;
const spare = 8;

const collator = new Intl.Collator(undefined, { numeric: true });

export function sorted<T>(rows: readonly T[], columns: readonly Column<T>[], sort: Sort | undefined): readonly T[] {
  const value = columns.find((c) => c.id === sort?.column)?.value;
  if (!sort || !value) return rows;
  const order = sort.descending ? -1 : 1;
  const keyed = rows.map((row) => ({ row, value: value(row) }));
  keyed.sort((a, b) => order * compare(a.value, b.value));
  return keyed.map(({ row }) => row);
}

const compare = (a: string | number, b: string | number) =>
  typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b));

/** A virtual table: only the rows in sight exist. */
export function Table<T>(props: TableProps<T>) {
  const { columns, rows, keyOf, chosen, onChoose, sort, onSort, fit } = props;
  const frame = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 900 });
  useLayoutEffect(() => {
    const { current } = frame;
    if (!current || fit) return;
    const measure = () => setView({ top: Math.floor(current.scrollTop / rowHeight), height: current.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    current.addEventListener("scroll", measure, { passive: true });
    return () => {
      observer.disconnect();
      current.removeEventListener("scroll", measure);
    };
  }, [fit]);
  const template = useMemo(
    () => `${onChoose ? "40px " : ""}${columns.map((c) => c.width ?? "minmax(120px, 1fr)").join(" ")}`,
    [columns, onChoose],
  );
  const first = fit ? 0 : Math.max(0, view.top - spare);
  const last = fit ? rows.length : Math.min(rows.length, view.top + Math.ceil(view.height / rowHeight) + spare);
  const all = rows.length > 0 && chosen !== undefined && rows.every((row) => chosen.has(keyOf(row)));
  const latest = useRef({ chosen, onChoose });
  useLayoutEffect(() => {
    latest.current = { chosen, onChoose };
  });
  const toggle = useMemo(
    () => (key: string) => latest.current.onChoose?.(toggled(latest.current.chosen ?? new Set(), key)),
    [],
  );
  return (
    <div
      ref={frame}
      className={fit ? "table fit" : "table grow"}
      role="table"
      // Scrolled by keys where no cell can be focused.
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
    >
      <div className="line head" role="row" style={{ gridTemplateColumns: template }}>
        {onChoose && (
          <div className="cell" role="columnheader">
            <input
              type="checkbox"
              aria-label={props.chooseText}
              checked={all}
              onChange={() => onChoose(all ? new Set() : new Set(rows.map(keyOf)))}
            />
          </div>
        )}
        {columns.map((column) => (
          <Heading key={column.id} column={column} sort={sort} onSort={onSort} />
        ))}
      </div>
      {rows.length === 0 && <div className="empty">{props.empty}</div>}
      <div
        role="rowgroup"
        style={{ height: rows.length * rowHeight, paddingTop: first * rowHeight, minWidth: "min-content" }}
      >
        {rows.slice(first, last).map((row) => {
          const key = keyOf(row);
          return (
            <Line
              key={key}
              row={row as unknown}
              rowKey={key}
              columns={columns as unknown as readonly Column<unknown>[]}
              template={template}
              chosen={chosen?.has(key)}
              toggle={onChoose ? toggle : undefined}
            />
          );
        })}
      </div>
    </div>
  );
}

function Heading<T>({
  column,
  sort,
  onSort,
}: {
  column: Column<T>;
  sort: Sort | undefined;
  onSort: ((s: Sort) => void) | undefined;
}) {
  const active = sort?.column === column.id;
  const direction = active ? (sort.descending ? "descending" : "ascending") : "none";
  return (
    <div className={column.acts ? "cell acts" : "cell"} role="columnheader" aria-sort={direction} title={column.title}>
      {column.value && onSort ? (
        <button
          type="button"
          className="cut"
          onClick={() => onSort({ column: column.id, descending: active && !sort.descending })}
        >
          {column.title}
          {active && (sort.descending ? " ↓" : " ↑")}
        </button>
      ) : (
        column.title
      )}
    </div>
  );
}

interface LineProps {
  row: unknown;
  rowKey: string;
  columns: readonly Column<unknown>[];
  template: string;
  chosen: boolean | undefined;
  toggle: ((key: string) => void) | undefined;
}

const Line = memo(function Line({ row, rowKey, columns, template, chosen, toggle }: LineProps) {
  return (
    <div className={chosen ? "line chosen" : "line"} role="row" style={{ gridTemplateColumns: template }}>
      {toggle && (
        <div className="cell" role="cell">
          <input type="checkbox" aria-label={rowKey} checked={chosen ?? false} onChange={() => toggle(rowKey)} />
        </div>
      )}
      {columns.map((column) => {
        const content = column.cell(row);
        return (
          <div
            key={column.id}
            className={column.acts ? "cell acts" : "cell"}
            role="cell"
            title={typeof content === "string" ? content : undefined}
          >
            {content}
          </div>
        );
      })}
    </div>
  );
});

/** RFC 4180, with a mark for spreadsheet programs; a cell that they would take for a formula is quoted as text. */
export function csv<T>(columns: readonly Column<T>[], rows: readonly T[]): string {
  const shown = columns.filter((c) => c.value);
  const quoted = (value: string | number) => {
    const text = typeof value === "string" && /^[=+\-@\t]/.test(value) ? `'${value}` : String(value);
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const line = (cells: (string | number)[]) => cells.map(quoted).join(",");
  return `\uFEFF${[line(shown.map((c) => c.title)), ...rows.map((row) => line(shown.map((c) => c.value!(row))))].join("\r\n")}\r\n`;
}

export function download(name: string, text: string, type = "text/plain"): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
