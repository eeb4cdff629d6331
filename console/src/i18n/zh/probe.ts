import type { probe as keys } from "../en/probe";

export const probe: Readonly<Record<keyof typeof keys, string>> = {
  "probe.none": "不检查",
  "probe.tcpSocket": "TCP端口检查",
  "probe.httpGet": "HTTP请求检查",
  "probe.exec": "执行命令检查",
  "probe.other": "其他（见 YAML）",
  "probe.scheme": "检查协议",
  "probe.path": "请求路径",
  "probe.port": "检查端口",
  "probe.initialDelaySeconds": "启动延时(秒)",
  "probe.timeoutSeconds": "响应超时(秒)",
  "probe.periodSeconds": "间隔时间(秒)",
  "probe.successThreshold": "健康阈值(次)",
  "probe.failureThreshold": "不健康阈值(次)",
};
