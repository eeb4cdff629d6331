import { t } from "../../../../i18n/text";
import { Rows } from "../../../../parts/Pairs";
import { Names } from "../volumes/section";
import { envTypes, type ContainerView, type Env, type EnvFrom } from "./view";

const fields = [
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
  "spec.nodeName",
  "spec.serviceAccountName",
  "status.hostIP",
  "status.podIP",
  "status.podIPs",
];

/** 新增变量 and 引用ConfigMap/Secret, as the guide has them. */
export function Environment({
  container,
  set,
}: {
  container: ContainerView;
  set: (part: Partial<ContainerView>) => void;
}) {
  const { env, envFrom } = container;
  const change = (i: number, part: Partial<Env>) => set({ env: env.map((e, j) => (j === i ? { ...e, ...part } : e)) });
  const changeFrom = (i: number, part: Partial<EnvFrom>) =>
    set({ envFrom: envFrom.map((e, j) => (j === i ? { ...e, ...part } : e)) });
  return (
    <>
      <Rows
        rows={env}
        add={t("data.add")}
        onAdd={() => set({ env: [...env, { name: "", type: "value", value: "", key: "" }] })}
        onRemove={(i) => set({ env: env.toSpliced(i, 1) })}
      >
        {(e, i) => (
          <>
            <select
              className="text"
              aria-label={t("form.envType")}
              value={e.type}
              onChange={(x) =>
                change(i, {
                  type: x.target.value as Env["type"],
                  value: x.target.value === "field" ? fields[0]! : "",
                  key: "",
                })
              }
            >
              {[...envTypes, ...(e.type === "other" ? (["other"] as const) : [])].map((type) => (
                <option key={type} value={type}>
                  {t(`env.${type}`)}
                </option>
              ))}
            </select>
            <input
              className="text"
              style={{ width: 160 }}
              aria-label={t("data.key")}
              placeholder={t("data.key")}
              value={e.name}
              onChange={(x) => change(i, { name: x.target.value.trim() })}
            />
            {e.type === "value" && (
              <input
                className="text"
                style={{ width: 220 }}
                aria-label={t("data.value")}
                placeholder={t("data.value")}
                value={e.value}
                onChange={(x) => change(i, { value: x.target.value })}
              />
            )}
            {(e.type === "configMap" || e.type === "secret") && (
              <>
                <Names
                  resource={e.type === "configMap" ? "configmaps" : "secrets"}
                  label={e.type === "configMap" ? "ConfigMap" : "Secret"}
                  value={e.value}
                  set={(value) => change(i, { value })}
                />
                <input
                  className="text"
                  style={{ width: 120 }}
                  aria-label={t("env.key")}
                  placeholder={t("env.key")}
                  value={e.key}
                  onChange={(x) => change(i, { key: x.target.value.trim() })}
                />
              </>
            )}
            {e.type === "field" && (
              <select
                className="text"
                aria-label={t("env.field")}
                value={e.value}
                onChange={(x) => change(i, { value: x.target.value })}
              >
                {[...new Set([...fields, e.value])].map((f) => (
                  <option key={f}>{f}</option>
                ))}
              </select>
            )}
          </>
        )}
      </Rows>
      <Rows
        rows={envFrom}
        add={t("form.reference")}
        onAdd={() => set({ envFrom: [...envFrom, { type: "configMapRef", name: "" }] })}
        onRemove={(i) => set({ envFrom: envFrom.toSpliced(i, 1) })}
      >
        {(e, i) => (
          <>
            <select
              className="text"
              aria-label={t("form.reference")}
              value={e.type}
              onChange={(x) => changeFrom(i, { type: x.target.value as EnvFrom["type"], name: "" })}
            >
              <option value="configMapRef">ConfigMap</option>
              <option value="secretRef">Secret</option>
            </select>
            <Names
              resource={e.type === "configMapRef" ? "configmaps" : "secrets"}
              label={t("column.name")}
              value={e.name}
              set={(name) => changeFrom(i, { name })}
            />
          </>
        )}
      </Rows>
    </>
  );
}
