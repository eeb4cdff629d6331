export const fact = {
  "fact.basic": "Basics",
  "fact.created": "Created",
  "fact.replicas": "Replicas",
  "fact.generation": "Observed/current generation",
  "fact.requests": "Requests",
  "fact.limits": "Limits",
} as const;
