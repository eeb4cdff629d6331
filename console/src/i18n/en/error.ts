export const error = {
  "error.unreachable": "No answer: check the network. {said}",
  "error.forbidden": "Not allowed: {said}",
  "error.notFound": "Not found: {said}",
  "error.conflict": "Conflict: {said}",
  "error.tooMany": "Too many tries: wait {seconds} seconds",
  "error.gone": "{name} does not exist, or was deleted",
  "error.noKind": "This cluster does not serve {kind}",
  "error.noPage": "There is no such page",
  "error.broken": "This page failed. The console may have been updated just now: load it again.",
} as const;
