import type { cluster as keys } from "../en/cluster";

export const cluster: Readonly<Record<keyof typeof keys, string>> = {
  "cluster.add": "添加集群",
  "cluster.kubeconfigHint": "会先检查连通性，并加密保存；不接受 exec、文件路径和代理。",
  "cluster.remove": "移除集群",
  "cluster.removeQuestion": "将 {name} 从控制台移除；集群本身不受影响。",
};
