import { useState } from "react";
import { dnsName } from "../../parts/names";
import { t } from "../../i18n/text";
import { useAction, useList } from "../../kube/hooks";
import { known } from "../../kube/path";
import type { Claim, KubeObject } from "../../kube/types";
import { create } from "../../kube/write";
import { DetailsHeader } from "../../parts/DetailsHeader";
import { causesOf, Problem } from "../../parts/Problem";
import { placeOf, useScope } from "../../parts/scope";
import { Button } from "../../ui/Button";
import { Field, toast } from "../../ui/pieces";
import { navigate } from "../../ui/router";
import { toggled } from "../../ui/toggled";

const modes = ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"];

const isDefault = (sc: KubeObject) =>
  sc.metadata.annotations?.["storageclass.kubernetes.io/is-default-class"] === "true";

/** A new claim. Of one that exists nearly nothing can be changed; its size can, in its YAML. */
export default function Form() {
  const scope = useScope();
  const classes = useList({ cluster: scope.cluster, resource: known.storageclasses }).items;
  const [name, setName] = useState("");
  const [storageClass, setStorageClass] = useState("");
  const [size, setSize] = useState("10");
  const [unit, setUnit] = useState("Gi");
  const [access, setAccess] = useState<ReadonlySet<string>>(new Set(["ReadWriteOnce"]));
  const back = `${scope.base}/persistentvolumeclaims`;
  const save = useAction(async () => {
    await create<Claim>(placeOf(scope, known.claims), {
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { name, namespace: scope.namespace },
      spec: {
        accessModes: modes.filter((mode) => access.has(mode)),
        ...(storageClass === "" ? {} : { storageClassName: storageClass }),
        resources: { requests: { storage: `${Number(size)}${unit}` } },
      },
    });
    toast(t("yaml.saved", { name }));
    navigate(back);
  });
  const nameProblem = name === "" || dnsName.test(name) ? undefined : t("rule.dnsName");
  const sizeProblem = /^\d+(\.\d+)?$/.test(size) && Number(size) > 0 ? undefined : t("rule.size");
  const usual = classes.find(isDefault)?.metadata.name;
  return (
    <div className="page">
      <DetailsHeader title={t("claim.createTitle")} back={back} />
      <section className="card">
        <Field name={t("column.name")} must problem={nameProblem ?? causesOf(save.error, "metadata.name")}>
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
        <Field name={t("column.namespace")}>{() => <div style={{ paddingTop: 5 }}>{scope.namespace}</div>}</Field>
        <Field name="StorageClass" problem={causesOf(save.error, "spec.storageClassName")}>
          {(ids) => (
            <select {...ids} className="text" value={storageClass} onChange={(e) => setStorageClass(e.target.value)}>
              <option value="">{`${t("form.defaultClass")}${usual ? ` (${usual})` : ""}`}</option>
              {classes.map((sc) => (
                <option key={sc.metadata.name}>{sc.metadata.name}</option>
              ))}
            </select>
          )}
        </Field>
        <Field
          name={t("claim.size")}
          must
          problem={sizeProblem ?? causesOf(save.error, "spec.resources.requests.storage")}
        >
          {(ids) => (
            <div className="row">
              <input
                {...ids}
                className="text"
                style={{ width: 120 }}
                inputMode="decimal"
                value={size}
                onChange={(e) => setSize(e.target.value.trim())}
              />
              <select
                className="text"
                aria-label={t("claim.unit")}
                value={unit}
                onChange={(e) => setUnit(e.target.value)}
              >
                {["Mi", "Gi", "Ti"].map((each) => (
                  <option key={each} value={each}>{`${each}B`}</option>
                ))}
              </select>
            </div>
          )}
        </Field>
        <Field name={t("claim.modes")} must problem={causesOf(save.error, "spec.accessModes")}>
          {() => (
            <div className="row wrap" style={{ paddingTop: 5 }}>
              {modes.map((mode) => (
                <label key={mode} className="choice">
                  <input type="checkbox" checked={access.has(mode)} onChange={() => setAccess(toggled(access, mode))} />
                  {mode}
                </label>
              ))}
            </div>
          )}
        </Field>
      </section>
      <Problem error={save.error} />
      <footer className="row">
        <Button
          kind="primary"
          busy={save.busy}
          disabled={!name || !!nameProblem || !!sizeProblem || access.size === 0}
          onClick={() => void save.run()}
        >
          {t("data.create", { kind: "PersistentVolumeClaim" })}
        </Button>
        <Button onClick={() => navigate(back)}>{t("act.cancel")}</Button>
      </footer>
    </div>
  );
}
