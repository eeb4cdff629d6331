import type { why as keys } from "../en/why";

export const why: Readonly<Record<keyof typeof keys, string>> = {
  "why.ask": "为什么？",
  "why.title": "{name} 为什么未就绪？",
  "why.next": "建议",
  "why.where": "位置",
  "why.also": "其他（{count}）",
  "why.unseen": "因权限不足未能查看：{kinds}",
  "why.asking": "正在查找原因…",
  "why.ready": "{name} 已就绪。",
};
