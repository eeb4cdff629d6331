import type { Json } from "../../../parts/manifest";
import type { Tree } from "./manifest";

/** A small generator with a seed: the same manifests in every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Submissions with fields that the form knows, fields that it does not, and odd but legal ways to say things. */
export function manifests(count: number): Tree[][] {
  return Array.from({ length: count }, (_, i) => new Generator(chance(i + 1)).submission());
}

class Generator {
  constructor(private readonly next: () => number) {}

  submission(): Tree[] {
    const name = this.pick(["web", "db", "kafka"]);
    const set = this.some({ apiVersion: "apps/v1", kind: "StatefulSet" }, { status: () => ({ replicas: 1 }) });
    set["metadata"] = this.some(
      { name, namespace: "shop", labels: { app: name, ...this.maybe({ tier: "x" }) } },
      { annotations: () => ({ ...this.maybe({ description: "a\nb" }), note: "1" }), finalizers: () => ["a/b"] },
    );
    set["spec"] = this.spec(name);
    return [...this.services(name), set];
  }

  private spec(name: string): Tree {
    return this.some(
      {
        selector: { matchLabels: { app: name } },
        template: { metadata: { labels: { app: name } }, spec: this.podSpec() },
      },
      {
        replicas: () => this.pick([0, 1, 3]),
        serviceName: () => this.pick([name, `${name}-headless`, "other"]),
        updateStrategy: () =>
          this.pick<Tree>([
            { type: "OnDelete" },
            { type: "RollingUpdate", rollingUpdate: { partition: 2, maxUnavailable: "50%" } },
            { rollingUpdate: { partition: 0 } },
          ]),
        podManagementPolicy: () => "Parallel",
        minReadySeconds: () => 5,
        revisionHistoryLimit: () => 3,
        persistentVolumeClaimRetentionPolicy: () => ({ whenScaled: "Delete" }),
        volumeClaimTemplates: () => [
          {
            metadata: { name: "disk", labels: { a: "b" } },
            spec: this.some(
              { accessModes: ["ReadWriteMany"] },
              {
                storageClassName: () => "fast",
                resources: () => ({ requests: { storage: "1Gi" }, limits: { storage: "2Gi" } }),
                volumeMode: () => "Block",
              },
            ),
          },
        ],
      },
    );
  }

  private podSpec(): Tree {
    return this.some(
      { containers: this.several(1, 3, (i) => this.container(`c${i}`)) },
      {
        initContainers: () =>
          this.several(1, 2, (i) => this.some(this.container(`i${i}`), { restartPolicy: () => "Always" })),
        volumes: () => this.several(0, 4, (i) => this.volume(`v${i}`)),
        imagePullSecrets: () => [{ name: "pull" }],
        hostNetwork: () => this.pick([true, false]),
        terminationGracePeriodSeconds: () => 10,
        nodeSelector: () => ({ disk: "ssd" }),
        tolerations: () => [{ operator: "Exists" }],
        affinity: () => ({
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [
                {
                  matchExpressions: [
                    { key: "a", operator: "In", values: ["x", "y"] },
                    { key: "b", operator: "Exists" },
                  ],
                },
                { matchFields: [] },
              ],
            },
          },
          podAntiAffinity: {},
        }),
      },
    );
  }

  private volume(name: string): Tree {
    return {
      name,
      ...this.pick<Tree>([
        { emptyDir: {} },
        { emptyDir: { medium: "Memory" } },
        { hostPath: { path: "/x", type: "" } },
        { nfs: { server: "h", path: "/a:b", readOnly: true } },
        { configMap: { name: "c", items: [{ key: "k", path: "p", mode: 420 }] } },
        { secret: { secretName: "s", optional: true } },
        { persistentVolumeClaim: { claimName: "p", readOnly: true } },
        { projected: { sources: [] } },
      ]),
    };
  }

  private container(name: string): Tree {
    return this.some(
      { name },
      {
        image: () => this.pick(["nginx", "host:5000/x:1@sha256:ab", ""]),
        command: () => ["sh", "-c", "echo a\necho b\n"],
        args: () => this.pick<Json>([[], ["", "x"]]),
        workingDir: () => "/w",
        imagePullPolicy: () => "Never",
        env: () => this.several(0, 4, (i) => this.env(`E${i}`)),
        envFrom: () => [{ prefix: "P", configMapRef: { name: "c", optional: true } }, { secretRef: { name: "s" } }],
        resources: () =>
          this.pick<Tree>([
            {},
            { requests: { cpu: 1, memory: "1Gi" }, limits: { cpu: "500m", "nvidia.com/gpu": 1, "x.io/y": "2" } },
            { limits: { "nvidia.com/gpu": "2" } },
          ]),
        volumeMounts: () => [
          { name: "v0", mountPath: "/a", readOnly: false },
          { name: "disk", mountPath: "/b", subPath: "s", mountPropagation: "None" },
        ],
        ports: () => [{ containerPort: 80, name: "http" }],
        livenessProbe: () =>
          this.pick<Tree>([
            { grpc: { port: 1 } },
            { tcpSocket: { port: "http" }, periodSeconds: 3 },
            { exec: { command: ["a\nb"] } },
            { httpGet: { port: 80, httpHeaders: [] } },
          ]),
        startupProbe: () => ({ httpGet: { path: "/", port: "web", scheme: "HTTPS" }, initialDelaySeconds: 0 }),
        securityContext: () =>
          this.pick<Tree>([{}, { privileged: false }, { capabilities: { add: ["A"], drop: [] }, runAsUser: 1 }]),
        lifecycle: () =>
          this.pick<Tree>([
            { preStop: { exec: { command: ["sleep", "1"] } } },
            { postStart: { sleep: { seconds: 1 } } },
          ]),
      },
    );
  }

  private env(name: string): Tree {
    return {
      name,
      ...this.pick<Tree>([
        {},
        { value: "" },
        { value: "a=b: c" },
        { valueFrom: { configMapKeyRef: { name: "c", key: "k", optional: true } } },
        { valueFrom: { secretKeyRef: { name: "s", key: "k" } } },
        { valueFrom: { fieldRef: { apiVersion: "v1", fieldPath: "metadata.labels['a']" } } },
        { valueFrom: { resourceFieldRef: { resource: "limits.cpu" } } },
      ]),
    };
  }

  private services(name: string): Tree[] {
    const one = (serviceName: string, spec: Tree): Tree => ({
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: serviceName, labels: { mine: "yes" } },
      spec: { selector: { app: name }, ...spec },
    });
    return this.pick<Tree[]>([
      [],
      [one(name, { clusterIP: "None", ports: [{ port: 80 }] })],
      [
        one(name, {
          type: "NodePort",
          ports: [{ name: "web", port: 80, targetPort: "http", nodePort: 30001 }],
          sessionAffinity: "None",
        }),
        one(`${name}-headless`, { clusterIP: "None" }),
      ],
      [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c" }, data: { a: "1" } }],
    ]);
  }

  private pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.next() * from.length)]!;
  }

  private maybe(tree: Tree): Tree {
    return this.next() < 0.5 ? tree : {};
  }

  private some(base: Tree, extras: Record<string, () => Json>): Tree {
    return Object.entries(extras).reduce(
      (tree, [key, make]) => (this.next() < 0.5 ? { ...tree, [key]: make() } : tree),
      base,
    );
  }

  private several(least: number, most: number, make: (i: number) => Tree): Tree[] {
    return Array.from({ length: least + Math.floor(this.next() * (most - least + 1)) }, (_, i) => make(i));
  }
}
