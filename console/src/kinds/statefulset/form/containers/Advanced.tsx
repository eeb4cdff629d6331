import { t } from "../../../../i18n/text";
import { Field, Notice } from "../../../../ui/pieces";
import { DraftArea, DraftInput } from "../Draft";
import { impliedPolicy, probeNames, probeNumbers, probeTypes, type ContainerView, type Probe } from "./view";

interface AdvancedProps {
  container: ContainerView;
  set: (part: Partial<ContainerView>) => void;
  problem: (field: string) => string | undefined;
}

const probeTitles = {
  livenessProbe: "form.liveness",
  readinessProbe: "form.readiness",
  startupProbe: "form.startup",
} as const;
const startNumbers = {
  initialDelaySeconds: "",
  timeoutSeconds: "2",
  periodSeconds: "3",
  successThreshold: "1",
  failureThreshold: "1",
};

export function Advanced({ container: c, set, problem }: AdvancedProps) {
  const area = (key: "command" | "args" | "preStop", name: string) => (
    <Field name={name} hint={t("form.linesHint")}>
      {(ids) => <DraftArea {...ids} className="text mono" rows={2} value={c[key]} change={(v) => set({ [key]: v })} />}
    </Field>
  );
  return (
    <div style={{ marginTop: 12 }}>
      <Field name={t("form.workDir")} problem={problem("workingDir")}>
        {(ids) => (
          <input
            {...ids}
            className="text"
            value={c.workingDir}
            onChange={(e) => set({ workingDir: e.target.value.trim() })}
          />
        )}
      </Field>
      {area("command", t("form.command"))}
      {area("args", t("form.args"))}
      <Field
        name={t("form.pullPolicy")}
        hint={c.imagePullPolicy === "" ? t("form.policyNow", { policy: impliedPolicy(c.image) }) : undefined}
      >
        {(ids) => (
          <select
            {...ids}
            className="text"
            value={c.imagePullPolicy}
            onChange={(e) => set({ imagePullPolicy: e.target.value })}
          >
            <option value="">{t("form.unset")}</option>
            <option value="Always">{t("form.policyAlways")}</option>
            <option value="IfNotPresent">{t("form.policyIfNotPresent")}</option>
            <option value="Never">{t("form.policyNever")}</option>
          </select>
        )}
      </Field>
      {probeNames.map((name) => (
        <Field key={name} name={t(probeTitles[name])} problem={problem(name)}>
          {(ids) => (
            <ProbeFields
              id={ids.id}
              probe={c.probes[name]}
              set={(probe) => set({ probes: { ...c.probes, [name]: probe } })}
            />
          )}
        </Field>
      ))}
      {area("preStop", t("form.preStop"))}
      <Field name={t("form.privileged")}>
        {(ids) => (
          <input
            {...ids}
            type="checkbox"
            checked={c.privileged}
            onChange={(e) => set({ privileged: e.target.checked })}
          />
        )}
      </Field>
      {c.privileged && <Notice tone="warn">{t("form.needsGrant")}</Notice>}
      <Field name={t("form.capabilitiesAdd")}>
        {(ids) => (
          <DraftInput
            {...ids}
            className="text mono"
            placeholder="NET_ADMIN SYS_TIME"
            value={c.capabilitiesAdd}
            change={(capabilitiesAdd) => set({ capabilitiesAdd })}
          />
        )}
      </Field>
      <Field name={t("form.capabilitiesDrop")}>
        {(ids) => (
          <DraftInput
            {...ids}
            className="text mono"
            placeholder="ALL"
            value={c.capabilitiesDrop}
            change={(capabilitiesDrop) => set({ capabilitiesDrop })}
          />
        )}
      </Field>
    </div>
  );
}

function ProbeFields({ id, probe, set }: { id: string; probe: Probe; set: (probe: Probe) => void }) {
  const choose = (type: Probe["type"]) =>
    set({
      ...probe,
      type,
      ...(probe.type === "" ? { numbers: startNumbers, path: "/", port: type === "httpGet" ? "80" : probe.port } : {}),
      ...(type === "httpGet" && probe.path === "" ? { path: "/" } : {}),
    });
  return (
    <div className="stack" style={{ gap: 8 }}>
      <div className="row wrap">
        <select id={id} className="text" value={probe.type} onChange={(e) => choose(e.target.value as Probe["type"])}>
          <option value="">{t("probe.none")}</option>
          {[...probeTypes, ...(probe.type === "other" ? (["other"] as const) : [])].map((type) => (
            <option key={type} value={type}>
              {t(`probe.${type}`)}
            </option>
          ))}
        </select>
        {probe.type === "httpGet" && (
          <>
            <select
              className="text"
              aria-label={t("probe.scheme")}
              value={probe.scheme || "HTTP"}
              onChange={(e) => set({ ...probe, scheme: e.target.value === "HTTP" ? "" : e.target.value })}
            >
              <option>HTTP</option>
              <option>HTTPS</option>
            </select>
            <input
              className="text"
              style={{ width: 160 }}
              aria-label={t("probe.path")}
              value={probe.path}
              onChange={(e) => set({ ...probe, path: e.target.value })}
            />
          </>
        )}
        {(probe.type === "httpGet" || probe.type === "tcpSocket") && (
          <input
            className="text"
            style={{ width: 90 }}
            aria-label={t("probe.port")}
            placeholder={t("probe.port")}
            value={probe.port}
            onChange={(e) => set({ ...probe, port: e.target.value.trim() })}
          />
        )}
      </div>
      {probe.type === "exec" && (
        <DraftArea
          className="text mono"
          rows={2}
          aria-label={t("probe.exec")}
          value={probe.command}
          change={(command) => set({ ...probe, command })}
        />
      )}
      {probe.type !== "" && (
        <div className="row wrap">
          {probeNumbers.map((n) => (
            <label key={n} className="row">
              <span className="quiet">{t(`probe.${n}`)}</span>
              <input
                className="text"
                style={{ width: 70 }}
                type="number"
                min={0}
                value={probe.numbers[n]}
                onChange={(e) => set({ ...probe, numbers: { ...probe.numbers, [n]: e.target.value } })}
              />
            </label>
          ))}
        </div>
      )}
    </div>
  );
}
