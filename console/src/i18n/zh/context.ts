import type { context as keys } from "../en/context";

export const context: Readonly<Record<keyof typeof keys, string>> = {
  "context.business": "业务",
  "context.namespace": "命名空间",
  "context.cluster": "集群",
  "context.noNamespace": "无可用命名空间",
  "context.chooseNamespace": "请选择命名空间",
  "context.all": "全部命名空间",
};
