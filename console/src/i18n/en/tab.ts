export const tab = {
  "tab.label": "Details",
  "tab.events": "Events",
  "tab.logs": "Logs",
  "tab.details": "Details",
} as const;
