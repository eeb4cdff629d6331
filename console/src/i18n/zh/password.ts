import type { password as keys } from "../en/password";

export const password: Readonly<Record<keyof typeof keys, string>> = {
  "password.title": "修改密码",
  "password.must": "首次登录，请先修改密码。",
  "password.old": "当前密码",
  "password.new": "新密码",
  "password.again": "再次输入新密码",
  "password.differ": "两次输入不一致",
};
