import type { user as keys } from "../en/user";

export const user: Readonly<Record<keyof typeof keys, string>> = {
  "user.one": "用户",
  "user.create": "新建用户",
  "user.account": "账号",
  "user.displayName": "名称",
  "user.role": "角色",
  "user.administrator": "平台管理员",
  "user.ordinary": "平台用户",
  "user.nameRule": "3–32 个字符：小写字母、数字、-，首尾为字母或数字",
  "user.passwordHint": "首次登录时需要修改",
  "user.passwordKept": "留空表示不修改",
};
