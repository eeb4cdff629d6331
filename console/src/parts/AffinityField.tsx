import { t } from "../i18n/text";
import { Field } from "../ui/pieces";
import { defaultTimeout } from "./servicePorts";

interface AffinityFieldProps {
  affinity: boolean;
  timeout: string;
  problem: string | undefined;
  onChange: (part: { affinity?: boolean; timeout?: string }) => void;
}

/** Whether a Service keeps a client with the same pod, and how long. */
export function AffinityField({ affinity, timeout, problem, onChange }: AffinityFieldProps) {
  return (
    <Field name="Session Affinity" problem={problem}>
      {(ids) => (
        <div className="row">
          <select
            {...ids}
            className="text"
            value={affinity ? "ClientIP" : "None"}
            onChange={(e) => {
              const chosen = e.target.value === "ClientIP";
              onChange({ affinity: chosen, timeout: chosen ? defaultTimeout : "" });
            }}
          >
            <option>None</option>
            <option>ClientIP</option>
          </select>
          {affinity && (
            <input
              className="text"
              style={{ width: 100 }}
              aria-label={t("service.timeout")}
              title={t("service.timeout")}
              value={timeout}
              onChange={(e) => onChange({ timeout: e.target.value.trim() })}
            />
          )}
        </div>
      )}
    </Field>
  );
}
