import type { yaml as keys } from "../en/yaml";

export const yaml: Readonly<Record<keyof typeof keys, string>> = {
  "yaml.createTitle": "YAML创建资源",
  "yaml.updateTitle": "更新{kind}：{name}",
  "yaml.create": "创建",
  "yaml.dryRun": "试运行",
  "yaml.wouldCreate": "试运行通过",
  "yaml.created": "已创建",
  "yaml.saved": "{name} 已保存",
  "yaml.noName": "需要 apiVersion、kind 和 metadata.name",
  "yaml.keys": "Ctrl-F 搜索，Ctrl-空格 补全",
  "yaml.confirmTitle": "确认修改",
  "yaml.confirm": "确认",
  "yaml.editOn": "继续编辑",
  "yaml.conflictTitle": "内容已被他人修改",
  "yaml.conflict": "在您编辑期间，它被修改如下。您可以在新的内容上重新应用您的修改。",
  "yaml.reapply": "重新应用我的修改",
  "yaml.immutable":
    "StatefulSet 只能修改 replicas、template、updateStrategy、minReadySeconds、ordinals 和 persistentVolumeClaimRetentionPolicy；其他字段需要删除（保留 Pod）后重建。",
  "yaml.leave": "有未保存的修改，确定离开吗？",
  "yaml.fault.unknown": "此处没有字段 {said}",
  "yaml.fault.type": "此处应为：{said}",
  "yaml.fault.missing": "缺少：{said}",
  "yaml.fault.enum": "可选值：{said}",
  "yaml.clashes": "双方都修改了以下字段，文本中为您的值，请核对：",
};
