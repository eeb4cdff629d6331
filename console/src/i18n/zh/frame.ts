import type { frame as keys } from "../en/frame";

export const frame: Readonly<Record<keyof typeof keys, string>> = {
  "frame.business": "业务管理",
  "frame.platform": "平台管理",
  "frame.toBusiness": "切换到业务管理",
  "frame.toPlatform": "切换到平台管理",
  "frame.otherLanguage": "English",
  "frame.themeName": "外观",
  "frame.theme": "外观：{theme}",
  "frame.light": "浅色",
  "frame.dark": "深色",
  "frame.system": "跟随系统",
  "frame.signOut": "退出",
  "frame.signOutEverywhere": "在所有设备上退出",
  "frame.stale": "连接已断开，正在重新连接；显示的内容可能不是最新。",
  "frame.noPermission": "暂无权限",
  "frame.noPermissionHelp": "您还不是任何业务的成员，请联系平台管理员。",
  "frame.limited":
    "此控制台仅供一人使用，以 {user} 的身份和 kubeconfig 的权限访问集群；kubeconfig 无权执行的操作会被拒绝。",
  "frame.limitedNamespace":
    "此控制台仅供一人使用，以 {user} 的身份和 kubeconfig 的权限访问集群的命名空间 {namespace}；kubeconfig 无权执行的操作会被拒绝。",
};
