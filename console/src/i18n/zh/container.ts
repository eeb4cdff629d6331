import type { container as keys } from "../en/container";

export const container: Readonly<Record<keyof typeof keys, string>> = {
  "container.one": "容器",
  "container.title": "{name} 的容器",
  "container.name": "容器名称",
  "container.id": "容器ID",
  "container.image": "镜像版本号",
};
