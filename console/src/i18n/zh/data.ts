import type { data as keys } from "../en/data";

export const data: Readonly<Record<keyof typeof keys, string>> = {
  "data.content": "内容",
  "data.key": "变量名",
  "data.value": "变量值",
  "data.add": "新增变量",
  "data.binary": "二进制内容，保持不变",
  "data.create": "创建{kind}",
};
