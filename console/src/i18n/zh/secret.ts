import type { secret as keys } from "../en/secret";

export const secret: Readonly<Record<keyof typeof keys, string>> = {
  "secret.type": "Secret类型",
  "secret.expects": "需要的变量名：{keys}",
};
