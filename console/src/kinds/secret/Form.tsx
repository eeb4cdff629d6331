import { t } from "../../i18n/text";
import { known } from "../../kube/path";
import type { Secret } from "../../kube/types";
import { encoded } from "../../kube/write";
import { StringMapForm, type Row } from "../../parts/StringMapForm";
import { Field } from "../../ui/pieces";

const start: Secret = { apiVersion: "v1", kind: "Secret", type: "Opaque", metadata: { name: "" }, data: {} };

function decoded(base64: string): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

const rows = (object: Secret): Row[] =>
  Object.entries(object.data ?? {}).map(([key, base64]) => {
    const value = decoded(base64);
    return value === undefined ? { key, value: "", fixed: base64 } : { key, value };
  });

const withRows = (object: Secret, all: readonly Row[]): Secret => ({
  ...object,
  data: Object.fromEntries(all.map((r) => [r.key, r.fixed ?? encoded(r.value)])),
});

const types = [
  "Opaque",
  "kubernetes.io/dockerconfigjson",
  "kubernetes.io/basic-auth",
  "kubernetes.io/ssh-auth",
  "kubernetes.io/tls",
];
const expected: Readonly<Record<string, readonly string[]>> = {
  "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
  "kubernetes.io/basic-auth": ["username", "password"],
  "kubernetes.io/ssh-auth": ["ssh-privatekey"],
  "kubernetes.io/tls": ["tls.crt", "tls.key"],
};

export default function Form({ name }: { name?: string }) {
  return (
    <StringMapForm<Secret>
      name={name}
      resource={known.secrets}
      id="secrets"
      start={start}
      rows={rows}
      withRows={withRows}
      more={(object, change) => (
        <Field
          name={t("secret.type")}
          hint={expected[object.type ?? ""] && t("secret.expects", { keys: expected[object.type ?? ""]!.join(", ") })}
        >
          {(ids) => (
            <select
              {...ids}
              className="text"
              disabled={name !== undefined}
              value={object.type}
              onChange={(e) => change({ ...object, type: e.target.value })}
            >
              {[...new Set([...types, object.type ?? "Opaque"])].map((type) => (
                <option key={type}>{type}</option>
              ))}
            </select>
          )}
        </Field>
      )}
    />
  );
}
