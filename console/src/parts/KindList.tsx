import { useMemo, useState } from "react";
import { t } from "../i18n/text";
import { useList } from "../kube/hooks";
import { keyOf } from "../kube/path";
import type { KubeObject, Resource } from "../kube/types";
import { Button } from "../ui/Button";
import { Menu } from "../ui/Menu";
import { csv, download, sorted, Table, type Column, type Sort } from "../ui/Table";
import { Link, navigate, useQuery, withQuery } from "../ui/router";
import { Problem } from "./Problem";
import { toggled } from "../ui/toggled";
import { useRight, type Granted } from "./rights";
import { found } from "./search";
import { SearchBox } from "./SearchBox";
import { placeOf, useScope } from "./scope";

interface BatchAction<T> {
  label: string;
  danger?: boolean;
  right?: Granted;
  run: (rows: readonly T[]) => void;
}

interface ListDescription<T extends KubeObject> {
  resource: Resource;
  title: string;
  columns: readonly Column<T>[];
  status?: (row: T) => string;
  /** What a search for a name looks at, where it is more than the object's own. */
  named?: (row: T) => string;
  createAt?: string | undefined;
  createText?: string;
  batch?: readonly BatchAction<T>[];
  table?: boolean;
}

/** A list page: described, not written. Search and sort stand in the address, the chosen columns are kept in the browser. */
export function KindList<T extends KubeObject>(props: ListDescription<T>) {
  const { resource, title, columns, status, named, batch = [] } = props;
  const scope = useScope();
  const { items, loading, error } = useList<T>(placeOf(scope, resource), props.table ? { table: true } : {});
  const creation = useRight({ verb: "create", resource });
  const query = useQuery();
  const search = query.getAll("q").join("\n");
  const sort = parseSort(query.get("sort")) ?? { column: "name", descending: false };
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [hidden, setHidden] = useHiddenColumns(resource.plural, columns);
  const shown = useMemo(() => columns.filter((c) => !hidden.has(c.id)), [columns, hidden]);
  const { column, descending } = sort;
  const all = useMemo(() => sorted(items, columns, { column, descending }), [items, columns, column, descending]);
  const rows = useMemo(
    () =>
      found(all, search, {
        name: (row) => (named ? `${row.metadata.name} ${named(row)}` : row.metadata.name),
        labels: (row) => row.metadata.labels ?? {},
        status: (row) => status?.(row) ?? "",
      }),
    [all, search, status, named],
  );
  const picked = useMemo(() => rows.filter((row) => chosen.has(keyOf(row))), [rows, chosen]);
  const exportAll = () =>
    download(
      `ordinal_${resource.plural}_${new Date().toISOString().slice(0, 19).replaceAll(":", "")}.csv`,
      csv(columns, all),
      "text/csv",
    );
  const empty = loading ? t("state.loading") : search ? t("list.nothingFound") : t("list.empty");
  return (
    <div className="page">
      <header className="row wrap">
        <h1>{title}</h1>
        <span className="quiet">{!loading && t("list.count", { count: rows.length })}</span>
        <span className="grow" />
        {props.createAt && <Create at={props.createAt} text={props.createText} right={creation} />}
      </header>
      <div className="row wrap">
        <SearchBox />
        {batch.map((b) => (
          <Button
            key={b.label}
            kind={b.danger ? "danger" : "plain"}
            title={b.right?.title}
            disabled={picked.length === 0 || b.right?.disabled}
            onClick={() => b.run(picked)}
          >
            {b.label}
            {picked.length > 0 && ` (${picked.length})`}
          </Button>
        ))}
        <span className="grow" />
        <Menu
          label={t("list.columns")}
          panel={columns
            .filter((c) => c.title !== "" && c.id !== "name")
            .map((c) => (
              <label key={c.id}>
                <input type="checkbox" checked={!hidden.has(c.id)} onChange={() => setHidden(toggled(hidden, c.id))} />
                {c.title}
              </label>
            ))}
        />
        <Button onClick={exportAll}>{t("list.export")}</Button>
      </div>
      {error && <Problem error={error} />}
      <Table
        label={title}
        columns={shown}
        rows={rows}
        keyOf={keyOf}
        empty={empty}
        sort={sort}
        onSort={(s) => navigate(withQuery({ sort: `${s.descending ? "-" : ""}${s.column}` }), { replace: true })}
        {...(batch.length > 0 ? { chosen, onChoose: setChosen, chooseText: t("list.chooseAll") } : {})}
      />
    </div>
  );
}

function Create({ at, text = t("act.create"), right }: { at: string; text?: string | undefined; right: Granted }) {
  return right.disabled ? (
    <Button kind="primary" {...right}>
      {text}
    </Button>
  ) : (
    <Link className="button primary" to={at}>
      {text}
    </Link>
  );
}

function parseSort(text: string | null): Sort | undefined {
  return text ? { column: text.replace(/^-/, ""), descending: text.startsWith("-") } : undefined;
}

/** What the user chose for this kind; until then the optional columns, which a server may name later, are hidden. */
function useHiddenColumns<T>(kind: string, columns: readonly Column<T>[]) {
  const key = `ordinal.columns.${kind}`;
  const [kept, setKept] = useState(() => localStorage.getItem(key));
  const hidden = useMemo<ReadonlySet<string>>(
    () =>
      new Set(kept === null ? columns.filter((c) => c.optional).map((c) => c.id) : kept.split("\n").filter(Boolean)),
    [kept, columns],
  );
  const set = (next: ReadonlySet<string>) => {
    const text = [...next].join("\n");
    localStorage.setItem(key, text);
    setKept(text);
  };
  return [hidden, set] as const;
}
