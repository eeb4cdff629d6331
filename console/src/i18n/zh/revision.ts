import type { revision as keys } from "../en/revision";

export const revision: Readonly<Record<keyof typeof keys, string>> = {
  "revision.number": "版本号",
  "revision.current": "当前",
  "revision.time": "更新时间",
  "revision.compare": "与当前比较",
  "revision.compareTitle": "v{number} 与当前模板的差别",
  "revision.rollback": "回滚",
  "revision.rollbackTitle": "回滚资源",
  "revision.rollbackQuestion": "将 {name} 回滚到 v{number}，变化如下：",
  "revision.isCurrent": "不能回滚至当前版本",
};
