import { t } from "../../../../i18n/text";
import { Field } from "../../../../ui/pieces";
import { at, numberOrText, text } from "../manifest";
import type { Section } from "../section";

export const replicas: Section<string> = {
  id: "replicas",
  title: () => t("form.replicas"),
  read: ({ set }) => text(at(set, "spec", "replicas")),
  write: (manifest, view) => manifest.put(["spec", "replicas"], numberOrText(view)),
  rules: (view) =>
    view === "" || (/^\d+$/.test(view) && Number(view) <= 65535)
      ? []
      : [{ field: "spec.replicas", message: t("rule.replicas") }],
  shows: ["spec.replicas"],
  Fields: ({ view, change, problem }) => (
    <Field name={t("form.manual")} problem={problem("spec.replicas")}>
      {(ids) => (
        <input
          {...ids}
          className="text"
          style={{ width: 120 }}
          type="number"
          min={0}
          max={65535}
          placeholder="1"
          value={view}
          onChange={(e) => change(e.target.value)}
        />
      )}
    </Field>
  ),
};
