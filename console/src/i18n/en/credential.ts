export const credential = {
  "credential.title": "Credentials",
  "credential.make": "Create a kubeconfig",
  "credential.help":
    "Save it as your kubeconfig and use kubectl. It carries a fresh access token that is valid for a week.",
  "credential.helpNamespace":
    "Save it as your kubeconfig, then use kubectl: it works in {namespace}. It carries a fresh access token that is valid for a week.",
} as const;
