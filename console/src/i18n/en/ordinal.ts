export const ordinal = {
  "ordinal.new": "New revision, ready",
  "ordinal.newWaiting": "New revision, not ready",
  "ordinal.old": "Old revision, to be updated",
  "ordinal.held": "Old revision, held back",
  "ordinal.oldWaiting": "Old revision, not ready",
  "ordinal.missing": "Not created yet",
  "ordinal.surplus": "To be removed",
} as const;
