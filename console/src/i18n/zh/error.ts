import type { error as keys } from "../en/error";

export const error: Readonly<Record<keyof typeof keys, string>> = {
  "error.unreachable": "没有应答，请检查网络。{said}",
  "error.forbidden": "没有权限：{said}",
  "error.notFound": "不存在：{said}",
  "error.conflict": "冲突：{said}",
  "error.tooMany": "尝试过于频繁，请在 {seconds} 秒后重试",
  "error.gone": "{name} 不存在或已被删除",
  "error.noKind": "该集群不提供 {kind}",
  "error.noPage": "页面不存在",
  "error.broken": "页面出错了。控制台可能刚刚更新，请重新加载。",
};
