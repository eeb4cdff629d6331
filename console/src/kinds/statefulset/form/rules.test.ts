import { expect, it } from "vitest";
import { advanced } from "./advanced/section";
import { basics } from "./basics/section";
import { containers } from "./containers/section";
import { Manifest } from "./manifest";
import { replicas } from "./replicas/section";
import type { FormProblem, Section } from "./section";
import { service } from "./service/section";
import { volumes } from "./volumes/section";

const parsed = Manifest.parse(`
kind: StatefulSet
metadata: {name: web, labels: {app: web, tier: front}}
spec:
  selector: {matchLabels: {app: web}}
  template:
    spec:
      volumes: [{name: v, emptyDir: {}}]
      containers: [{name: a, image: nginx, volumeMounts: [{name: v, mountPath: /v}]}]
---
kind: Service
metadata: {name: web}
spec: {ports: [{port: 80}]}
`);
if (!(parsed instanceof Manifest)) throw new Error(parsed.error);
const manifest: Manifest = parsed;

/** A section that sees what it has read with one change. */
const changed =
  <V>(section: Section<V>, change: (view: V) => V) =>
  (): FormProblem[] =>
    section.rules(change(section.read(manifest)), manifest);

const basic = (part: object) => changed(basics, (v) => ({ ...v, ...part }));
const deep = (part: object) => changed(advanced, (v) => ({ ...v, ...part }));
const served = (part: object) => changed(service, (v) => ({ ...v, ...part }));
const port = (part: object) => changed(service, (v) => ({ ...v, ports: v.ports.map((p) => ({ ...p, ...part })) }));
const volume = (part: object) => changed(volumes, (v) => v.map((one) => ({ ...one, ...part })));
const container = (part: object) =>
  changed(containers, (v) => ({ ...v, main: v.main.map((c) => ({ ...c, ...part })) }));
const probe = (part: object) =>
  changed(containers, (v) => ({
    ...v,
    main: v.main.map((c) => ({
      ...c,
      probes: { ...c.probes, livenessProbe: { ...c.probes.livenessProbe, ...part } },
    })),
  }));
const env = { name: "A", type: "value", value: "", key: "" };
const mount = { name: "v", mountPath: "/v", subPath: "", readOnly: false };

it.each([
  ["basics", basic({})],
  ["volumes", volume({})],
  ["containers", container({})],
  ["replicas", changed(replicas, () => "3")],
  ["advanced", deep({})],
  ["service", served({})],
])("%s has nothing to say to what is right", (_, problems) => {
  expect(problems()).toEqual([]);
});

it.each<[string, string, () => FormProblem[]]>([
  ["no name", "metadata.name", basic({ name: "" })],
  ["a name that begins with a digit", "metadata.name", basic({ name: "1web" })],
  ["a name too long", "metadata.name", basic({ name: "a".repeat(64) })],
  ["a long description", "metadata.annotations.description", basic({ description: "x".repeat(1001) })],
  ["a bad label key", "metadata.labels", basic({ labels: [{ key: "-a", value: "" }] })],
  ["a bad label value", "metadata.labels", basic({ labels: [{ key: "a", value: "b c" }] })],
  [
    "a label twice",
    "metadata.labels",
    basic({
      labels: [
        { key: "a", value: "" },
        { key: "a", value: "" },
      ],
    }),
  ],
  ["a volume without a name", "volumes[0]", volume({ name: "" })],
  ["a volume that nobody mounts", "volumes[0]", volume({ name: "w" })],
  ["two volumes of one name", "volumes[0]", changed(volumes, (v) => [...v, ...v])],
  ["a relative path of the host", "volumes[0]", volume({ type: "hostPath", source: "x" })],
  ["NFS without a path", "volumes[0]", volume({ type: "nfs", source: "host" })],
  ["a ConfigMap not chosen", "volumes[0]", volume({ type: "configMap", source: "" })],
  ["a Secret not chosen", "volumes[0]", volume({ type: "secret", source: "" })],
  ["a claim not chosen", "volumes[0]", volume({ type: "persistentVolumeClaim", source: "" })],
  ["a disk of no size", "volumes[0]", volume({ type: "template", detail: "much" })],
  ["no container", "containers", changed(containers, (v) => ({ ...v, main: [] }))],
  ["a container without a name", "containers[0].name", container({ name: "" })],
  ["two containers of one name", "initContainers[0].name", changed(containers, (v) => ({ ...v, init: v.main }))],
  ["no image", "containers[0].image", container({ image: " " })],
  ["an image with a space", "containers[0].image", container({ image: "ngi nx" })],
  ["no quantity", "containers[0].resources", container({ resources: { "limits.cpu": "lots" } })],
  ["a mount without a path", "containers[0].volumeMounts", container({ mounts: [{ ...mount, mountPath: "" }] })],
  ["two mounts at one path", "containers[0].volumeMounts", container({ mounts: [mount, mount] })],
  ["a mount of no volume", "containers[0].volumeMounts", container({ mounts: [{ ...mount, name: "w" }] })],
  ["a variable that begins with a digit", "containers[0].env", container({ env: [{ ...env, name: "1A" }] })],
  ["a variable twice", "containers[0].env", container({ env: [env, env] })],
  ["a variable of no ConfigMap", "containers[0].env", container({ env: [{ ...env, type: "configMap" }] })],
  ["a variable of no Secret", "containers[0].env", container({ env: [{ ...env, type: "secret" }] })],
  ["a reference to nothing", "containers[0].envFrom", container({ envFrom: [{ type: "secretRef", name: "" }] })],
  ["a relative working directory", "containers[0].workingDir", container({ workingDir: "x" })],
  ["a probe without a command", "containers[0].livenessProbe", probe({ type: "exec", command: " " })],
  ["a probe of a bad port", "containers[0].livenessProbe", probe({ type: "tcpSocket", port: "-" })],
  ["a probe without a port", "containers[0].livenessProbe", probe({ type: "httpGet", port: "" })],
  ["half a replica", "spec.replicas", changed(replicas, () => "0.5")],
  ["too many replicas", "spec.replicas", changed(replicas, () => "65536")],
  ["a Secret for images not chosen", "imagePullSecrets", deep({ secrets: [{ name: "" }] })],
  ["a rule without a key", "affinity", deep({ rules: [{ key: "", operator: "Exists", values: "" }] })],
  ["a rule without values", "affinity", deep({ rules: [{ key: "a", operator: "In", values: "" }] })],
  ["a rule that compares words", "affinity", deep({ rules: [{ key: "a", operator: "Gt", values: "x" }] })],
  ["a negative partition", "partition", deep({ partition: "-1" })],
  ["a negative grace", "terminationGracePeriodSeconds", deep({ grace: "-1" })],
  ["half a second", "minReadySeconds", deep({ minReady: "0.5" })],
  ["no port", "service.ports", served({ ports: [] })],
  ["port 0", "service.ports[0]", port({ port: "0" })],
  ["a container port too high", "service.ports[0]", port({ containerPort: "65536" })],
  ["a port twice", "service.ports[0]", changed(service, (v) => ({ ...v, ports: [...v.ports, ...v.ports] }))],
  [
    "a node port out of range",
    "service.ports[0]",
    served({ access: "NodePort", ports: [{ protocol: "TCP", containerPort: "80", port: "80", nodePort: "80" }] }),
  ],
  ["a session that never ends", "service.timeout", served({ affinity: true, timeout: "86401" })],
])("%s is said beside %s", (_, field, problems) => {
  expect(problems().map((p) => p.field)).toContain(field);
});
