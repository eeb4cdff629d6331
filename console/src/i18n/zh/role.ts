import type { role as keys } from "../en/role";

export const role: Readonly<Record<keyof typeof keys, string>> = {
  "role.admin": "业务管理员",
  "role.member": "业务成员",
  "role.viewer": "只读成员",
  "role.custom": "自定义",
  "role.project-owner": "业务管理员",
  "role.project-member": "业务成员",
  "role.project-viewer": "只读成员",
};
