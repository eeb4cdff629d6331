export const context = {
  "context.business": "Business",
  "context.namespace": "Namespace",
  "context.cluster": "Cluster",
  "context.noNamespace": "No namespace available",
  "context.chooseNamespace": "Choose a namespace",
  "context.all": "All namespaces",
} as const;
