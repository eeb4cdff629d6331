import { useState } from "react";
import { dnsName } from "./names";
import { t } from "../i18n/text";
import { useAction, useAsync } from "../kube/hooks";
import { objectPath } from "../kube/path";
import { request } from "../kube/request";
import type { KubeObject, Resource } from "../kube/types";
import { create, replace } from "../kube/write";
import { Button, Icon } from "../ui/Button";
import { Field, toast } from "../ui/pieces";
import { navigate } from "../ui/router";
import { DetailsHeader } from "./DetailsHeader";
import { Loading, Problem } from "./Problem";
import { placeOf, useScope } from "./scope";

export interface Row {
  key: string;
  value: string;
  /** Bytes that are no text are kept as they are. */
  fixed?: string;
}

interface StringMapFormProps<T extends KubeObject> {
  name: string | undefined;
  resource: Resource;
  id: string;
  start: T;
  rows: (object: T) => Row[];
  withRows: (object: T, rows: readonly Row[]) => T;
  more?: (object: T, change: (object: T) => void) => React.ReactNode;
}

const keyRule = /^[-._a-zA-Z0-9]{1,253}$/;

/** ConfigMap and Secret: names and values, for a new object or an existing one. */
export function StringMapForm<T extends KubeObject>(props: StringMapFormProps<T>) {
  const scope = useScope();
  const place = placeOf(scope, props.resource);
  const loaded = useAsync(
    async () => (props.name ? await request<T>(objectPath(place, props.name)) : props.start),
    props.name ?? "",
  );
  const back = `${scope.base}/${props.id}`;
  if (loaded.error) return <Problem error={loaded.error} />;
  if (!loaded.value) return <Loading />;
  return <Loaded {...props} object={loaded.value} back={back} />;
}

function Loaded<T extends KubeObject>({
  object: given,
  back,
  ...props
}: StringMapFormProps<T> & { object: T; back: string }) {
  const scope = useScope();
  const place = placeOf(scope, props.resource);
  const [object, setObject] = useState(given);
  const [name, setName] = useState(given.metadata.name);
  const [rows, setRows] = useState<readonly Row[]>(() => props.rows(given));
  const save = useAction(async () => {
    const made = props.withRows(
      { ...object, metadata: { ...object.metadata, name, namespace: scope.namespace } },
      rows,
    );
    await (props.name ? replace(place, made) : create(place, made));
    toast(t("yaml.saved", { name }));
    navigate(back);
  });
  const keys = rows.map((r) => r.key);
  const problem = (row: Row) =>
    !keyRule.test(row.key)
      ? t("rule.dataKey")
      : keys.filter((k) => k === row.key).length > 1
        ? t("rule.unique")
        : undefined;
  const nameProblem = name === "" || dnsName.test(name) ? undefined : t("rule.dnsName");
  const valid = name !== "" && !nameProblem && rows.every((r) => !problem(r));
  const change = (i: number, part: Partial<Row>) => setRows(rows.map((r, j) => (j === i ? { ...r, ...part } : r)));
  return (
    <div className="page">
      <DetailsHeader title={`${t(props.name ? "act.edit" : "act.create")} ${props.resource.kind}`} back={back} />
      <section className="card">
        <Field name={t("column.name")} must problem={nameProblem}>
          {(ids) => (
            <input
              {...ids}
              className="text"
              value={name}
              disabled={props.name !== undefined}
              onChange={(e) => setName(e.target.value.trim())}
            />
          )}
        </Field>
        {props.more?.(object, setObject)}
        <Field name={t("data.content")}>
          {() => (
            <div className="stack">
              {rows.map((row, i) => (
                <div key={i} className="row" style={{ alignItems: "flex-start" }}>
                  <div style={{ width: 220, flex: "none" }}>
                    <input
                      className="text mono"
                      aria-label={t("data.key")}
                      placeholder={t("data.key")}
                      value={row.key}
                      onChange={(e) => change(i, { key: e.target.value })}
                    />
                    {row.key !== "" && problem(row) && <div className="bad">{problem(row)}</div>}
                  </div>
                  {row.fixed === undefined ? (
                    <textarea
                      className="text mono"
                      aria-label={t("data.value")}
                      placeholder={t("data.value")}
                      rows={Math.min(12, Math.max(1, row.value.split("\n").length))}
                      value={row.value}
                      onChange={(e) => change(i, { value: e.target.value })}
                    />
                  ) : (
                    <div className="grow quiet">{t("data.binary")}</div>
                  )}
                  <Button
                    kind="link"
                    aria-label={t("act.remove")}
                    title={t("act.remove")}
                    onClick={() => setRows(rows.toSpliced(i, 1))}
                  >
                    <Icon name="close" />
                  </Button>
                </div>
              ))}
              <div>
                <Button small onClick={() => setRows([...rows, { key: "", value: "" }])}>
                  {t("data.add")}
                </Button>
              </div>
            </div>
          )}
        </Field>
      </section>
      <Problem error={save.error} />
      <footer className="row">
        <Button kind="primary" busy={save.busy} disabled={!valid} onClick={() => void save.run()}>
          {props.name ? t("act.save") : t("data.create", { kind: props.resource.kind })}
        </Button>
        <Button onClick={() => navigate(back)}>{t("act.cancel")}</Button>
      </footer>
    </div>
  );
}
