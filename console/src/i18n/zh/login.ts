import type { login as keys } from "../en/login";

export const login: Readonly<Record<keyof typeof keys, string>> = {
  "login.title": "登录 Ordinal",
  "login.user": "用户名",
  "login.password": "密码",
  "login.enter": "登录",
  "login.wrong": "用户名或密码错误",
  "login.provider": "使用统一身份认证登录",
  "login.denied": "统一身份认证未允许此次登录。",
  "login.expired": "登录已超时，或是在其他窗口发起的，请重新登录。",
  "login.refused": "统一身份认证返回的信息未通过校验，原因请查看控制台日志。",
  "login.unreachable": "统一身份认证没有响应，管理员可使用密码登录。",
  "login.busy": "当前登录人数过多，请重试。",
  "login.broken": "此处保存的客户端密钥已无法读取，管理员可使用密码登录后重新填写。",
};
