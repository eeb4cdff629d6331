import { t } from "../../../../i18n/text";
import { Field } from "../../../../ui/pieces";
import { at, orNothing, strings, text, type Manifest } from "../manifest";
import { Pairs, rowsOf, type Pair } from "../../../../parts/Pairs";
import type { FieldsProps, FormProblem, Section } from "../section";

interface Basics {
  name: string;
  description: string;
  labels: readonly Pair[];
}

/** The selector is `app: {name}` and no more; the labels of the form come on top of it. */
function read(manifest: Manifest): Basics {
  const { set } = manifest;
  const selector = strings(at(set, "spec", "selector", "matchLabels"));
  const labels = Object.entries(strings(at(set, "metadata", "labels"))).filter(([key]) => !(key in selector));
  return {
    name: text(at(set, "metadata", "name")),
    description: text(at(set, "metadata", "annotations", "description")),
    labels: rowsOf(labels),
  };
}

function write(manifest: Manifest, view: Basics): void {
  const before = read(manifest);
  if (before.name !== view.name) rename(manifest, before.name, view.name);
  manifest.put(["metadata", "annotations", "description"], orNothing(view.description));
  const gone = before.labels.filter((old) => !view.labels.some((l) => l.key === old.key));
  for (const { key } of gone) {
    manifest.put(["metadata", "labels", key], undefined);
    manifest.put(["spec", "template", "metadata", "labels", key], undefined);
  }
  for (const { key, value } of view.labels) {
    if (before.labels.some((old) => old.key === key && old.value === value)) continue;
    manifest.put(["metadata", "labels", key], value);
    manifest.put(["spec", "template", "metadata", "labels", key], value);
  }
}

/** Everything that bears the name because the form gave it follows it. */
function rename(manifest: Manifest, from: string, to: string): void {
  for (const path of [
    ["metadata", "name"],
    ["metadata", "labels", "app"],
    ["spec", "selector", "matchLabels", "app"],
    ["spec", "template", "metadata", "labels", "app"],
    ["spec", "serviceName"],
  ]) {
    if (text(at(manifest.set, ...path)) === from) manifest.put(path, to);
  }
  if (text(at(manifest.set, "spec", "serviceName")) === `${from}-headless`)
    manifest.put(["spec", "serviceName"], `${to}-headless`);
  for (const suffix of ["", "-headless"]) {
    const service = manifest.document("Service", from + suffix);
    if (!service) continue;
    for (const path of [
      ["metadata", "labels", "app"],
      ["spec", "selector", "app"],
    ]) {
      if (service.getIn(path) === from) manifest.put(path, to, service);
    }
    manifest.put(["metadata", "name"], to + suffix, service);
  }
}

const nameRule = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const labelKey = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/;
const labelValue = /^([A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?)?$/;

function rules(view: Basics): FormProblem[] {
  const problems: FormProblem[] = [];
  if (!nameRule.test(view.name) || view.name.length > 63)
    problems.push({ field: "metadata.name", message: t(view.name === "" ? "rule.required" : "rule.name") });
  if (view.description.length > 1000)
    problems.push({ field: "metadata.annotations.description", message: t("rule.description"), hint: true });
  const keys = view.labels.map((l) => l.key);
  if (view.labels.some((l) => !labelKey.test(l.key) || !labelValue.test(l.value)))
    problems.push({ field: "metadata.labels", message: t("rule.label") });
  else if (new Set(keys).size < keys.length) problems.push({ field: "metadata.labels", message: t("rule.unique") });
  return problems;
}

function Fields({ view, manifest, change, problem }: FieldsProps<Basics>) {
  return (
    <>
      <Field name={t("form.name")} must problem={problem("metadata.name")} hint={t("form.nameHint")}>
        {(ids) => (
          <input
            {...ids}
            className="text"
            autoFocus
            placeholder={t("form.namePlaceholder")}
            value={view.name}
            onChange={(e) => change({ ...view, name: e.target.value.trim() })}
          />
        )}
      </Field>
      <Field name={t("form.description")} problem={problem("metadata.annotations.description")}>
        {(ids) => (
          <textarea
            {...ids}
            className="text"
            rows={1}
            value={view.description}
            onChange={(e) => change({ ...view, description: e.target.value })}
          />
        )}
      </Field>
      <Field name={t("form.labels")} problem={problem("metadata.labels")}>
        {() => (
          <>
            <div className="tag">app = {view.name || "…"}</div>
            <Pairs rows={view.labels} onChange={(labels) => change({ ...view, labels })} add={t("form.addLabel")} />
          </>
        )}
      </Field>
      <Field name={t("column.namespace")}>
        {() => <div style={{ paddingTop: 5 }}>{text(at(manifest.set, "metadata", "namespace"))}</div>}
      </Field>
      <Field name={t("form.type")}>
        {(ids) => (
          <label className="choice" style={{ paddingTop: 6 }}>
            <input {...ids} type="radio" checked readOnly />
            {t("form.typeStatefulSet")}
          </label>
        )}
      </Field>
    </>
  );
}

export const basics: Section<Basics> = {
  id: "basics",
  title: () => t("fact.basic"),
  read,
  write,
  rules,
  shows: [
    "metadata.name",
    "metadata.labels",
    "metadata.annotations",
    "spec.selector.matchLabels.app",
    "spec.template.metadata.labels",
  ],
  Fields,
};
