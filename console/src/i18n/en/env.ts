export const env = {
  "env.value": "Custom",
  "env.configMap": "ConfigMap",
  "env.secret": "Secret",
  "env.field": "Field",
  "env.other": "Other (see the YAML)",
  "env.key": "Key",
} as const;
