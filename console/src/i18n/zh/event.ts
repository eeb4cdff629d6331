import type { event as keys } from "../en/event";

export const event: Readonly<Record<keyof typeof keys, string>> = {
  "event.last": "最后出现",
  "event.first": "首次出现",
  "event.type": "级别",
  "event.kind": "资源类型",
  "event.object": "资源名称",
  "event.reason": "内容",
  "event.message": "详细描述",
  "event.count": "出现次数",
  "event.hour": "Kubernetes 只保留最近一小时的事件。",
  "event.none": "没有事件",
  "event.allKinds": "全部类型",
  "event.allLevels": "全部级别",
  "event.search": "搜索名称、内容、详细描述",
};
