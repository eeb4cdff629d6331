import type { list as keys } from "../en/list";

export const list: Readonly<Record<keyof typeof keys, string>> = {
  "list.count": "共 {count} 项",
  "list.empty": "列表为空，您可以切换命名空间",
  "list.nothingFound": "没有符合条件的内容",
  "list.columns": "列",
  "list.export": "导出全部",
  "list.chooseAll": "全选",
  "list.search": "搜索",
  "list.searchHelp": "名称，或 label:app=web|db、status:Ready；回车添加条件",
  "list.searchPlaceholder": "搜索名称、标签、状态",
};
