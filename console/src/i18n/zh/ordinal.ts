import type { ordinal as keys } from "../en/ordinal";

export const ordinal: Readonly<Record<keyof typeof keys, string>> = {
  "ordinal.new": "新版本，就绪",
  "ordinal.newWaiting": "新版本，未就绪",
  "ordinal.old": "旧版本，等待更新",
  "ordinal.held": "旧版本，保持不变",
  "ordinal.oldWaiting": "旧版本，未就绪",
  "ordinal.missing": "尚未创建",
  "ordinal.surplus": "将被移除",
};
