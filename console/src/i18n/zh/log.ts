import type { log as keys } from "../en/log";

export const log: Readonly<Record<keyof typeof keys, string>> = {
  "log.pods": "{count} 个 Pod",
  "log.tail": "显示行数",
  "log.lines": "显示{count}条数据",
  "log.follow": "自动刷新",
  "log.previous": "上一个容器",
  "log.timestamps": "时间戳",
  "log.download": "下载",
};
