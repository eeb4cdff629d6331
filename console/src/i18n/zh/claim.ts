import type { claim as keys } from "../en/claim";

export const claim: Readonly<Record<keyof typeof keys, string>> = {
  "claim.size": "容量",
  "claim.modes": "访问权限",
  "claim.unused": "未被使用",
  "claim.none": "没有数据卷",
  "claim.createTitle": "新建PersistentVolumeClaim",
  "claim.unit": "单位",
};
