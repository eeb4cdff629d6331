import type { pod as keys } from "../en/pod";

export const pod: Readonly<Record<keyof typeof keys, string>> = {
  "pod.name": "实例名称",
  "pod.ready": "就绪",
  "pod.restarts": "重启次数",
  "pod.node": "实例所在节点",
  "pod.ip": "实例IP",
  "pod.conditions": "状况",
  "pod.none": "没有 Pod",
  "pod.rebuild": "销毁重建",
  "pod.rebuildTitle": "销毁实例",
  "pod.rebuildQuestion": "将销毁 {names}，控制器会以同样的名称和数据卷重建。",
  "pod.login": "远程登录",
  "pod.containers": "容器",
};
