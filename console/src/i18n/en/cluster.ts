export const cluster = {
  "cluster.add": "Add cluster",
  "cluster.kubeconfigHint": "It is checked first and kept encrypted; exec, file paths and proxies are refused.",
  "cluster.remove": "Remove cluster",
  "cluster.removeQuestion": "{name} is taken out of the console; the cluster itself is not touched.",
} as const;
