import { known } from "../../kube/path";
import type { ConfigMap } from "../../kube/types";
import { StringMapForm, type Row } from "../../parts/StringMapForm";

const start: ConfigMap = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "" }, data: {} };

const rows = (object: ConfigMap): Row[] => [
  ...Object.entries(object.data ?? {}).map(([key, value]) => ({ key, value })),
  ...Object.entries(object.binaryData ?? {}).map(([key, fixed]) => ({ key, value: "", fixed })),
];

function withRows({ binaryData: _, ...object }: ConfigMap, all: readonly Row[]): ConfigMap {
  const text = all.filter((r) => r.fixed === undefined).map((r) => [r.key, r.value] as const);
  const binary = all.flatMap((r) => (r.fixed === undefined ? [] : [[r.key, r.fixed] as const]));
  return {
    ...object,
    data: Object.fromEntries(text),
    ...(binary.length > 0 ? { binaryData: Object.fromEntries(binary) } : {}),
  };
}

export default function Form({ name }: { name?: string }) {
  return (
    <StringMapForm<ConfigMap>
      name={name}
      resource={known.configmaps}
      id="configmaps"
      start={start}
      rows={rows}
      withRows={withRows}
    />
  );
}
