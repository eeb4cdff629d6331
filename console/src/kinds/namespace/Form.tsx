import { useState } from "react";
import { dnsLabel } from "../../parts/names";
import { t } from "../../i18n/text";
import { useAction } from "../../kube/hooks";
import { known } from "../../kube/path";
import { create } from "../../kube/write";
import { DetailsHeader } from "../../parts/DetailsHeader";
import { causesOf, Problem } from "../../parts/Problem";
import { useScope } from "../../parts/scope";
import { Button } from "../../ui/Button";
import { Field, toast } from "../../ui/pieces";
import { navigate } from "../../ui/router";

/** A namespace of the cluster that belongs to no business. */
export default function Form() {
  const scope = useScope();
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const back = `${scope.base}/namespaces`;
  const save = useAction(async () => {
    await create(
      { cluster: scope.cluster, resource: known.namespaces },
      {
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name, ...(description === "" ? {} : { annotations: { description } }) },
      },
    );
    toast(t("yaml.saved", { name }));
    navigate(back);
  });
  const problem = name === "" || dnsLabel.test(name) ? undefined : t("rule.volumeName");
  return (
    <div className="page">
      <DetailsHeader title={t("data.create", { kind: "Namespace" })} back={back} />
      <section className="card">
        <Field name={t("column.name")} must problem={problem ?? causesOf(save.error, "metadata.name")}>
          {(ids) => (
            <input
              {...ids}
              className="text"
              style={{ maxWidth: 400 }}
              value={name}
              onChange={(e) => setName(e.target.value.trim())}
            />
          )}
        </Field>
        <Field name={t("form.description")}>
          {(ids) => (
            <textarea
              {...ids}
              className="text"
              rows={2}
              value={description}
              onChange={(e) => setDescription(e.target.value)}
            />
          )}
        </Field>
      </section>
      <Problem error={save.error} />
      <footer className="row">
        <Button kind="primary" busy={save.busy} disabled={!name || !!problem} onClick={() => void save.run()}>
          {t("act.done")}
        </Button>
        <Button onClick={() => navigate(back)}>{t("act.cancel")}</Button>
      </footer>
    </div>
  );
}
