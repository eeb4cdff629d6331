export const log = {
  "log.pods": "{count} pods",
  "log.tail": "Lines",
  "log.lines": "{count} lines",
  "log.follow": "Follow",
  "log.previous": "Previous container",
  "log.timestamps": "Timestamps",
  "log.download": "Download",
} as const;
