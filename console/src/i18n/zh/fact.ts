import type { fact as keys } from "../en/fact";

export const fact: Readonly<Record<keyof typeof keys, string>> = {
  "fact.basic": "基本信息",
  "fact.created": "创建时间",
  "fact.replicas": "副本数",
  "fact.generation": "观察到的/当前生成数",
  "fact.requests": "资源请求",
  "fact.limits": "资源上限",
};
