import type { tab as keys } from "../en/tab";

export const tab: Readonly<Record<keyof typeof keys, string>> = {
  "tab.label": "详情页",
  "tab.events": "事件",
  "tab.logs": "日志",
  "tab.details": "详情",
};
