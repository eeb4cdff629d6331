export const data = {
  "data.content": "Content",
  "data.key": "Key",
  "data.value": "Value",
  "data.add": "Add variable",
  "data.binary": "Binary content, kept as it is",
  "data.create": "Create {kind}",
} as const;
