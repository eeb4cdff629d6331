import { useState } from "react";
import { t } from "../../../../i18n/text";
import { Button } from "../../../../ui/Button";
import { Field, Notice } from "../../../../ui/pieces";
import { at, list, numberOrText, orNothing, strings, text, texts, type Manifest } from "../manifest";
import { DraftInput } from "../Draft";
import { Pairs, Rows, rowsOf, type Pair } from "../../../../parts/Pairs";
import type { FieldsProps, FormProblem, Section } from "../section";
import { Names } from "../volumes/section";

const operators = ["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"] as const;

interface Rule {
  at?: number;
  key: string;
  operator: string;
  values: string;
}

interface AdvancedView {
  secrets: readonly { at?: number; name: string }[];
  rules: readonly Rule[];
  annotations: readonly Pair[];
  strategy: string;
  partition: string;
  management: string;
  grace: string;
  minReady: string;
  whenDeleted: string;
  whenScaled: string;
  hostNetwork: boolean;
}

const terms = [
  "spec",
  "template",
  "spec",
  "affinity",
  "nodeAffinity",
  "requiredDuringSchedulingIgnoredDuringExecution",
  "nodeSelectorTerms",
] as const;
const term = [...terms, 0, "matchExpressions"] as const;

function read({ set }: Manifest): AdvancedView {
  return {
    secrets: list(at(set, "spec", "template", "spec", "imagePullSecrets")).map((s, i) => ({
      at: i,
      name: text(s["name"]),
    })),
    rules: list(at(set, ...term)).map((r, i) => ({
      at: i,
      key: text(r["key"]),
      operator: text(r["operator"]),
      values: texts(r["values"]).join(";"),
    })),
    annotations: rowsOf(
      Object.entries(strings(at(set, "metadata", "annotations"))).filter(([key]) => key !== "description"),
    ),
    strategy: text(at(set, "spec", "updateStrategy", "type")),
    partition: text(at(set, "spec", "updateStrategy", "rollingUpdate", "partition")),
    management: text(at(set, "spec", "podManagementPolicy")),
    grace: text(at(set, "spec", "template", "spec", "terminationGracePeriodSeconds")),
    minReady: text(at(set, "spec", "minReadySeconds")),
    whenDeleted: text(at(set, "spec", "persistentVolumeClaimRetentionPolicy", "whenDeleted")),
    whenScaled: text(at(set, "spec", "persistentVolumeClaimRetentionPolicy", "whenScaled")),
    hostNetwork: at(set, "spec", "template", "spec", "hostNetwork") === true,
  };
}

function write(manifest: Manifest, view: AdvancedView): void {
  const before = read(manifest);
  manifest.putList(["spec", "template", "spec", "imagePullSecrets"], view.secrets, (path, s) =>
    manifest.put([...path, "name"], s.name),
  );
  manifest.putList(term, view.rules, (path, rule) => {
    const old = before.rules.find((r) => r.at === rule.at);
    if (old && old.key === rule.key && old.operator === rule.operator && old.values === rule.values) return;
    manifest.put([...path, "key"], rule.key);
    manifest.put([...path, "operator"], rule.operator);
    const values = rule.values.split(";").filter(Boolean);
    manifest.put([...path, "values"], rule.operator.includes("xist") || values.length === 0 ? undefined : values);
  });
  // An emptied term fits no node: alone it would forbid all of them, beside others it does nothing.
  if (before.rules.length > 0 && view.rules.length === 0 && list(at(manifest.set, ...terms)).length === 1)
    manifest.put(terms.slice(0, -1), undefined);
  for (const { key } of before.annotations)
    if (!view.annotations.some((a) => a.key === key)) manifest.put(["metadata", "annotations", key], undefined);
  for (const { key, value } of view.annotations) {
    if (!before.annotations.some((a) => a.key === key && a.value === value))
      manifest.put(["metadata", "annotations", key], value);
  }
  const changed = <K extends keyof AdvancedView>(key: K) => before[key] !== view[key];
  if (changed("strategy")) manifest.put(["spec", "updateStrategy", "type"], orNothing(view.strategy));
  if (view.strategy === "OnDelete") manifest.put(["spec", "updateStrategy", "rollingUpdate"], undefined);
  else if (changed("partition"))
    manifest.put(["spec", "updateStrategy", "rollingUpdate", "partition"], numberOrText(view.partition));
  if (changed("management")) manifest.put(["spec", "podManagementPolicy"], orNothing(view.management));
  if (changed("grace"))
    manifest.put(["spec", "template", "spec", "terminationGracePeriodSeconds"], numberOrText(view.grace));
  if (changed("minReady")) manifest.put(["spec", "minReadySeconds"], numberOrText(view.minReady));
  if (changed("whenDeleted"))
    manifest.put(["spec", "persistentVolumeClaimRetentionPolicy", "whenDeleted"], orNothing(view.whenDeleted));
  if (changed("whenScaled"))
    manifest.put(["spec", "persistentVolumeClaimRetentionPolicy", "whenScaled"], orNothing(view.whenScaled));
  if (changed("hostNetwork")) manifest.put(["spec", "template", "spec", "hostNetwork"], view.hostNetwork || undefined);
}

function rules(view: AdvancedView): FormProblem[] {
  const problems: FormProblem[] = [];
  const natural = (value: string) => value === "" || /^\d+$/.test(value);
  if (view.secrets.some((s) => s.name === "")) problems.push({ field: "imagePullSecrets", message: t("rule.choose") });
  if (
    view.rules.some(
      (r) =>
        r.key === "" ||
        (!r.operator.includes("xist") && r.values === "") ||
        (["Gt", "Lt"].includes(r.operator) && !/^-?\d+$/.test(r.values)),
    )
  )
    problems.push({ field: "affinity", message: t("rule.affinity") });
  if (!natural(view.partition)) problems.push({ field: "partition", message: t("rule.natural") });
  if (!natural(view.grace)) problems.push({ field: "terminationGracePeriodSeconds", message: t("rule.natural") });
  if (!natural(view.minReady)) problems.push({ field: "minReadySeconds", message: t("rule.natural") });
  return problems;
}

function Fields({ view, change, problem }: FieldsProps<AdvancedView>) {
  const [open, setOpen] = useState(false);
  const set = (part: Partial<AdvancedView>) => change({ ...view, ...part });
  const shown =
    open ||
    ["imagePullSecrets", "affinity", "partition", "terminationGracePeriodSeconds", "minReadySeconds"].some(problem);
  const number = (key: "partition" | "grace" | "minReady", placeholder: string) => (ids: { id: string }) => (
    <input
      {...ids}
      className="text"
      style={{ width: 120 }}
      type="number"
      min={0}
      placeholder={placeholder}
      value={view[key]}
      onChange={(e) => set({ [key]: e.target.value })}
    />
  );
  const choice =
    (key: "strategy" | "management" | "whenDeleted" | "whenScaled", options: readonly (readonly [string, string])[]) =>
    (ids: { id: string }) => (
      <select {...ids} className="text" value={view[key]} onChange={(e) => set({ [key]: e.target.value })}>
        {options.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    );
  const rule = (i: number, part: Partial<Rule>) =>
    set({ rules: view.rules.map((r, j) => (j === i ? { ...r, ...part } : r)) });
  const retention = [
    ["", t("form.unset")],
    ["Retain", t("form.retain")],
    ["Delete", t("form.retainDelete")],
  ] as const;
  return (
    <>
      <Button kind="link" aria-expanded={shown} onClick={() => setOpen(!open)}>
        {t(shown ? "form.hideAdvanced" : "form.showAdvanced")}
      </Button>
      {shown && (
        <div style={{ marginTop: 12 }}>
          <Field name="imagePullSecrets" problem={problem("imagePullSecrets")}>
            {() => (
              <Rows
                rows={view.secrets}
                add={t("act.add")}
                onAdd={() => set({ secrets: [...view.secrets, { name: "" }] })}
                onRemove={(i) => set({ secrets: view.secrets.toSpliced(i, 1) })}
              >
                {(s, i) => (
                  <Names
                    resource="secrets"
                    label="Secret"
                    value={s.name}
                    set={(name) => set({ secrets: view.secrets.map((o, j) => (j === i ? { ...o, name } : o)) })}
                  />
                )}
              </Rows>
            )}
          </Field>
          <Field name={t("form.scheduling")} hint={t("form.schedulingHint")} problem={problem("affinity")}>
            {() => (
              <Rows
                rows={view.rules}
                add={t("form.addRule")}
                onAdd={() =>
                  set({ rules: [...view.rules, { key: "kubernetes.io/hostname", operator: "In", values: "" }] })
                }
                onRemove={(i) => set({ rules: view.rules.toSpliced(i, 1) })}
              >
                {(r, i) => (
                  <>
                    <input
                      className="text"
                      style={{ width: 200 }}
                      aria-label={t("data.key")}
                      value={r.key}
                      onChange={(e) => rule(i, { key: e.target.value.trim() })}
                    />
                    <select
                      className="text"
                      aria-label={t("form.operator")}
                      value={r.operator}
                      onChange={(e) => rule(i, { operator: e.target.value })}
                    >
                      {operators.map((o) => (
                        <option key={o}>{o}</option>
                      ))}
                    </select>
                    {!r.operator.includes("xist") && (
                      <DraftInput
                        className="text"
                        style={{ width: 200 }}
                        aria-label={t("data.value")}
                        placeholder="node-1;node-2"
                        value={r.values}
                        change={(values) => rule(i, { values })}
                      />
                    )}
                  </>
                )}
              </Rows>
            )}
          </Field>
          <Field name={t("form.annotations")}>
            {() => (
              <Pairs
                rows={view.annotations}
                onChange={(annotations) => set({ annotations })}
                add={t("form.addAnnotation")}
              />
            )}
          </Field>
          <Field name={t("form.network")}>
            {(ids) => (
              <select
                {...ids}
                className="text"
                value={view.hostNetwork ? "Host" : "Overlay"}
                onChange={(e) => set({ hostNetwork: e.target.value === "Host" })}
              >
                <option value="Overlay">{t("form.networkOverlay")}</option>
                <option value="Host">{t("form.networkHost")}</option>
              </select>
            )}
          </Field>
          {view.hostNetwork && <Notice tone="warn">{t("form.needsGrant")}</Notice>}
          <Field name={t("sts.updateType")}>
            {choice("strategy", [
              ["", t("form.unset")],
              ["RollingUpdate", t("sts.rolling")],
              ["OnDelete", "OnDelete"],
            ])}
          </Field>
          {view.strategy !== "OnDelete" && (
            <Field name="Partition" hint={t("sts.partitionHint")} problem={problem("partition")}>
              {number("partition", "0")}
            </Field>
          )}
          <Field name={t("form.management")}>
            {choice("management", [
              ["", t("form.unset")],
              ["OrderedReady", t("form.ordered")],
              ["Parallel", t("form.parallel")],
            ])}
          </Field>
          <Field name={t("form.grace")} problem={problem("terminationGracePeriodSeconds")}>
            {number("grace", "30")}
          </Field>
          <Field name={t("form.minReady")} problem={problem("minReadySeconds")}>
            {number("minReady", "0")}
          </Field>
          <Field name={t("form.whenDeleted")}>{choice("whenDeleted", retention)}</Field>
          <Field name={t("form.whenScaled")}>{choice("whenScaled", retention)}</Field>
        </div>
      )}
    </>
  );
}

export const advanced: Section<AdvancedView> = {
  id: "advanced",
  title: () => t("form.advanced"),
  read,
  write,
  rules,
  shows: [
    ...[
      "imagePullSecrets",
      "terminationGracePeriodSeconds",
      "hostNetwork",
      "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms.0.matchExpressions",
    ].map((p) => `spec.template.spec.${p}`),
    ...[
      "updateStrategy.type",
      "updateStrategy.rollingUpdate.partition",
      "podManagementPolicy",
      "minReadySeconds",
      "persistentVolumeClaimRetentionPolicy",
    ].map((p) => `spec.${p}`),
  ],
  Fields,
};
