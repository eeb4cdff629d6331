import type { column as keys } from "../en/column";

export const column: Readonly<Record<keyof typeof keys, string>> = {
  "column.name": "名称",
  "column.namespace": "命名空间",
  "column.status": "状态",
  "column.labels": "Labels",
  "column.selector": "Selector",
  "column.images": "镜像",
  "column.age": "运行时间",
  "column.actions": "操作",
  "column.group": "API 组",
  "column.version": "版本",
  "column.verbs": "可用操作",
};
