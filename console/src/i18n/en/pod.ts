export const pod = {
  "pod.name": "Pod",
  "pod.ready": "Ready",
  "pod.restarts": "Restarts",
  "pod.node": "Node",
  "pod.ip": "Pod IP",
  "pod.conditions": "Conditions",
  "pod.none": "No pods",
  "pod.rebuild": "Rebuild",
  "pod.rebuildTitle": "Destroy pods",
  "pod.rebuildQuestion": "{names} will be destroyed; the controller makes them anew with the same name and claims.",
  "pod.login": "Log in",
  "pod.containers": "Containers",
} as const;
