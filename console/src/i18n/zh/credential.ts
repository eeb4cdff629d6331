import type { credential as keys } from "../en/credential";

export const credential: Readonly<Record<keyof typeof keys, string>> = {
  "credential.title": "查看访问凭证",
  "credential.make": "生成 kubeconfig",
  "credential.help": "将其保存为 kubeconfig，即可用 kubectl 访问。其中有一个新的访问令牌，有效期一周。",
  "credential.helpNamespace":
    "将其保存为 kubeconfig，即可用 kubectl 访问 {namespace}。其中有一个新的访问令牌，有效期一周。",
};
