import type { env as keys } from "../en/env";

export const env: Readonly<Record<keyof typeof keys, string>> = {
  "env.value": "自定义",
  "env.configMap": "ConfigMap",
  "env.secret": "Secret",
  "env.field": "Field",
  "env.other": "其他（见 YAML）",
  "env.key": "键",
};
