import type { act as keys } from "../en/act";

export const act: Readonly<Record<keyof typeof keys, string>> = {
  "act.create": "新建",
  "act.edit": "编辑",
  "act.editYaml": "编辑YAML",
  "act.delete": "删除",
  "act.deleteTitle": "删除资源",
  "act.deleteQuestion": "您确定要删除 {kind}：{name} 吗？",
  "act.remove": "移除",
  "act.more": "更多",
  "act.done": "完成",
  "act.save": "保存",
  "act.cancel": "取消",
  "act.close": "关闭",
  "act.retry": "重试",
  "act.back": "返回",
  "act.copy": "复制",
  "act.download": "下载",
  "act.add": "添加",
};
