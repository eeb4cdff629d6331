import { en } from "../src/i18n/en";
import { zh } from "../src/i18n/zh";

export type Language = "zh" | "en";
type Key = keyof typeof en;

/** The guide's own words, once more and word for word, so that no page can drift from them. */
const guide = {
  "login.enter": "登录",
  "frame.toBusiness": "切换到业务管理",
  "side.application": "应用管理",
  "context.business": "业务",
  "context.namespace": "命名空间",
  "side.workload": "工作负载",
  "act.create": "新建",
  "form.title": "新建Workload",
  "form.name": "工作负载名",
  "form.labels": "标签",
  "form.type": "类型",
  "form.volumes": "数据卷",
  "form.containers": "实例内容器",
  "column.name": "名称",
  "form.image": "镜像",
  "form.tag": "镜像版本（Tag）",
  "form.resources": "CPU/内存限制",
  "form.gpu": "GPU限制",
  "form.env": "环境变量",
  "data.add": "新增变量",
  "form.reference": "引用ConfigMap/Secret",
  "form.showAdvanced": "显示高级设置",
  "form.workDir": "工作目录",
  "form.command": "运行命令",
  "form.args": "运行参数",
  "form.pullPolicy": "镜像更新策略",
  "form.replicas": "实例数量",
  "form.manual": "手动调节",
  "form.scheduling": "节点调度策略",
  "form.annotations": "注释(Annotations)",
  "form.network": "网络模式",
  "service.enable": "启用",
  "service.access": "服务访问方式",
  "service.clusterIP": "仅在集群内访问",
  "service.nodePort": "主机端口访问",
  "service.ports": "端口映射",
  "form.create": "创建Workload",
  "act.more": "更多",
  "act.editYaml": "编辑YAML",
  "act.done": "完成",
} as const satisfies Partial<Record<Key, string>>;

const words = { zh: { ...zh, ...guide }, en } as const;

/** What the console says under a key in this language; what the guide names, as the guide has it. */
export const speaker =
  (language: Language) =>
  (key: Key, places: Readonly<Record<string, string | number>> = {}): string =>
    words[language][key].replace(/\{(\w+)\}/g, (_, name: string) => String(places[name]));

export type Say = ReturnType<typeof speaker>;

/** Every key, to find a text that nobody has written. */
export const keys = Object.keys(en);
