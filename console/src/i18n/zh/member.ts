import type { member as keys } from "../en/member";

export const member: Readonly<Record<keyof typeof keys, string>> = {
  "member.add": "添加成员",
  "member.none": "暂无成员",
  "member.search": "请输入用户名称",
  "member.name": "用户ID/名称",
  "member.kind": "类型",
  "member.kind.user": "用户",
  "member.kind.group": "用户组",
  "member.phone": "关联手机",
  "member.email": "关联邮箱",
  "member.namePlaceholder": "输入名称后回车",
  "member.nameHint": "即登录时使用的用户名",
  "member.changeRole": "修改角色",
  "member.replacesAll": "该成员有多个角色，所选角色将替换全部。",
  "member.yourself": "这是您自己：保存后您将不能再管理该业务。",
  "member.remove": "删除成员",
  "member.removeQuestion": "您确定要移除 {name} 在业务 {business} 中的全部角色吗？",
  "member.lastOwner": "最后一位业务管理员，只有平台管理员可以修改",
};
