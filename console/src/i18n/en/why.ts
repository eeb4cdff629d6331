export const why = {
  "why.ask": "Why?",
  "why.title": "Why is {name} not ready?",
  "why.next": "Next",
  "why.where": "Where",
  "why.also": "Also ({count})",
  "why.unseen": "Not seen, for want of rights: {kinds}",
  "why.asking": "Looking for the cause…",
  "why.ready": "{name} is ready now.",
} as const;
