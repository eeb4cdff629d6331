import type { terminal as keys } from "../en/terminal";

export const terminal: Readonly<Record<keyof typeof keys, string>> = {
  "terminal.title": "容器登录：{name}",
  "terminal.command": "命令",
  "terminal.login": "登录",
  "terminal.connecting": "连接中…",
  "terminal.connected": "已连接",
  "terminal.ended": "连接已结束",
  "terminal.endedWith": "连接已结束：{message}",
};
