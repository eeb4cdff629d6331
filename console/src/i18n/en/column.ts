export const column = {
  "column.name": "Name",
  "column.namespace": "Namespace",
  "column.status": "Status",
  "column.labels": "Labels",
  "column.selector": "Selector",
  "column.images": "Images",
  "column.age": "Age",
  "column.actions": "Actions",
  "column.group": "API group",
  "column.version": "Version",
  "column.verbs": "Verbs",
} as const;
