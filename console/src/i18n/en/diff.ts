export const diff = {
  "diff.same": "Nothing changes",
  "diff.unchanged": "$ unchanged lines",
} as const;
