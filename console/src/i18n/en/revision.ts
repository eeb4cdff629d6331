export const revision = {
  "revision.number": "Revision",
  "revision.current": "current",
  "revision.time": "Made at",
  "revision.compare": "Compare",
  "revision.compareTitle": "From v{number} to the current template",
  "revision.rollback": "Roll back",
  "revision.rollbackTitle": "Roll back",
  "revision.rollbackQuestion": "{name} goes back to v{number}; this changes:",
  "revision.isCurrent": "This is the current revision",
} as const;
