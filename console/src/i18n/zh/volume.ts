import type { volume as keys } from "../en/volume";

export const volume: Readonly<Record<keyof typeof keys, string>> = {
  "volume.emptyDir": "使用临时目录",
  "volume.hostPath": "使用主机路径",
  "volume.nfs": "使用NFS盘",
  "volume.configMap": "使用ConfigMap",
  "volume.secret": "使用Secret",
  "volume.persistentVolumeClaim": "使用已有PVC",
  "volume.template": "云硬盘（每个Pod一块）",
  "volume.other": "其他（见 YAML）",
};
