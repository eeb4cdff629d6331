import type { side as keys } from "../en/side";

export const side: Readonly<Record<keyof typeof keys, string>> = {
  "side.application": "应用管理",
  "side.workload": "工作负载",
  "side.service": "服务",
  "side.config": "配置管理",
  "side.storage": "存储",
  "side.events": "事件",
  "side.all": "全部资源",
  "side.clusters": "集群管理",
  "side.nodes": "节点",
  "side.namespaces": "命名空间",
  "side.businesses": "业务管理",
  "side.business": "业务管理",
  "side.users": "用户管理",
};
