import { expect, test, type Locator, type Page } from "@playwright/test";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { apply, exists, inside, kubectl, namespace, read } from "./cluster";
import { speaker } from "./language";
import { control, field, part, rowOf, speak } from "./steps";

/** Every field of 新建Workload, once each: filled in here, read back from the objects, and looked at from inside the containers. */
const say = speaker("zh");
const space = "form";
const image = "docker.io/library/nginx";

test.beforeAll(() => {
  const meta = (name: string) => ({ name, namespace: space });
  apply(namespace(space));
  apply(
    { apiVersion: "v1", kind: "ConfigMap", metadata: meta("settings"), data: { COLOUR: "green", "app.conf": "on" } },
    { apiVersion: "v1", kind: "Secret", metadata: meta("keys"), stringData: { TOKEN: "s3cret" } },
    {
      apiVersion: "v1",
      kind: "Secret",
      metadata: meta("registry"),
      type: "kubernetes.io/dockerconfigjson",
      stringData: { ".dockerconfigjson": '{"auths":{}}' },
    },
    {
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: meta("shared"),
      spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "8Mi" } } },
    },
  );
});

test.beforeEach(async ({ page }) => {
  await speak(page, "zh");
  await page.goto(`/p/global/${space}/statefulsets.apps/new`);
  await expect(page.getByRole("heading", { name: say("form.title"), exact: true })).toBeVisible();
});

const submit = (page: Page) => page.getByRole("button", { name: say("form.create"), exact: true }).click();

const submitted = async (page: Page) => {
  await submit(page);
  await expect(page.getByText(say("form.created"))).toBeVisible();
};

const containerCard = (page: Page, nth: number) => part(page, say("form.containers")).locator("fieldset.card").nth(nth);

async function addVolume(page: Page, type: string, name: string): Promise<Locator> {
  const volumes = part(page, say("form.volumesTitle"));
  await volumes.getByRole("button", { name: say("form.addVolume") }).click();
  const row = volumes.locator(".row").last();
  await control(row, say("form.volumeType")).selectOption(type);
  await control(row, say("column.name")).fill(name);
  return row;
}

async function mount(page: Page, card: Locator, volume: string, path: string): Promise<Locator> {
  const mounts = field(card, page, say("form.mounts"));
  await mounts.getByRole("button", { name: say("form.addMount") }).click();
  const row = mounts.locator(".row").last();
  await control(row, say("form.volumes")).selectOption(volume);
  await control(row, say("form.mountPath")).fill(path);
  return row;
}

async function basics(page: Page, name: string): Promise<Locator> {
  await control(page, say("form.name")).fill(name);
  const card = containerCard(page, 0);
  await control(card, say("column.name")).fill("main");
  // As somebody pastes it: taken apart.
  await control(card, say("form.image")).fill(`${image}:latest`);
  await expect(control(card, say("form.tag"))).toHaveValue("latest");
  return card;
}

async function container(page: Page, nth: number, name: string, command: string): Promise<Locator> {
  const card = containerCard(page, nth);
  await control(card, say("column.name")).fill(name);
  await control(card, say("form.image")).fill(image);
  await control(card, say("form.tag")).fill("latest");
  await card.getByRole("button", { name: say("form.showAdvanced") }).click();
  await control(card, say("form.command")).fill(command);
  return card;
}

const openAdvanced = (page: Page) =>
  part(page, say("form.advanced"))
    .getByRole("button", { name: say("form.showAdvanced") })
    .click();

async function probe(page: Page, card: Locator, title: string, type: string, period: string): Promise<Locator> {
  const probed = field(card, page, title);
  await control(card, title).selectOption(type);
  await control(probed, say("probe.initialDelaySeconds")).fill("1");
  await control(probed, say("probe.timeoutSeconds")).fill("5");
  await control(probed, say("probe.periodSeconds")).fill(period);
  await control(probed, say("probe.successThreshold")).fill("1");
  await control(probed, say("probe.failureThreshold")).fill("20");
  return probed;
}

test("volumes, environment, commands, checks, several containers", async ({ page }) => {
  const card = await basics(page, "whole");
  await control(page, say("form.description")).fill("Everything at once");
  const labels = field(part(page, say("fact.basic")), page, say("form.labels"));
  await labels.getByRole("button", { name: say("form.addLabel") }).click();
  await control(labels, say("data.key")).fill("team");
  await control(labels, say("data.value")).fill("db");
  await volumes(page);
  await mounts(page, card);
  await environment(page, card);
  await commands(page, card);
  await resources(card);
  await page.getByRole("button", { name: say("form.addContainer") }).click();
  await container(page, 1, "second", "sleep\n3600");
  await page.getByRole("button", { name: say("form.addInit") }).click();
  const prepare = await container(page, 2, "prepare", "sh\n-c\ntouch /scratch/prepared");
  await mount(page, prepare, "scratch", "/scratch");
  await page.getByRole("button", { name: say("form.addInit") }).click();
  const helper = await container(page, 3, "helper", "sleep\n3600");
  await control(helper, say("form.sidecar")).check();
  await control(page, say("form.manual")).fill("2");
  await submitted(page);

  await expect(rowOf(page, "whole")).toContainText("2/2", { timeout: 60_000 });
  wholeIsStored();
  wholeIsTrueInside();
});

async function volumes(page: Page): Promise<void> {
  await addVolume(page, "emptyDir", "scratch");
  await control(await addVolume(page, "configMap", "conf"), "ConfigMap").selectOption("settings");
  await control(await addVolume(page, "secret", "safe"), "Secret").selectOption("keys");
  await control(await addVolume(page, "persistentVolumeClaim", "shared"), "PVC").selectOption("shared");
  const disk = await addVolume(page, "template", "disk");
  await control(disk, "StorageClass").selectOption({ index: 1 });
  await control(disk, say("claim.size")).fill("16Mi");
}

async function mounts(page: Page, card: Locator): Promise<void> {
  await mount(page, card, "scratch", "/scratch");
  const conf = await mount(page, card, "conf", "/conf");
  await control(conf, say("form.access")).selectOption("ro");
  await mount(page, card, "safe", "/safe");
  await control(await mount(page, card, "shared", "/shared"), say("form.subPath")).fill("part");
  await mount(page, card, "disk", "/disk");
}

async function environment(page: Page, card: Locator): Promise<void> {
  const variables = field(card, page, say("form.env"));
  const add = async (type: string, name: string) => {
    await variables.getByRole("button", { name: say("data.add") }).click();
    const row = variables
      .locator(".row")
      .filter({ has: page.getByLabel(say("data.key"), { exact: true }) })
      .last();
    await control(row, say("form.envType")).selectOption(type);
    await control(row, say("data.key")).fill(name);
    return row;
  };
  await control(await add("value", "_MODE"), say("data.value")).fill("fast");
  const colour = await add("configMap", "ITS_COLOUR");
  await control(colour, "ConfigMap").selectOption("settings");
  await control(colour, say("env.key")).fill("COLOUR");
  const token = await add("secret", "ITS_TOKEN");
  await control(token, "Secret").selectOption("keys");
  await control(token, say("env.key")).fill("TOKEN");
  await control(await add("field", "POD_IP"), say("env.field")).selectOption("status.podIP");
  const refer = async (type: string, name: string) => {
    await variables.getByRole("button", { name: say("form.reference") }).click();
    const row = variables.locator(".row").last();
    await control(row, say("form.reference")).selectOption(type);
    await control(row, say("column.name")).selectOption(name);
  };
  await refer("configMapRef", "settings");
  await refer("secretRef", "keys");
}

async function commands(page: Page, card: Locator): Promise<void> {
  await card.getByRole("button", { name: say("form.showAdvanced") }).click();
  await control(card, say("form.workDir")).fill("/scratch");
  await control(card, say("form.command")).fill(
    'sh\n-c\n"touch /tmp/begun; echo $0 $1; exec httpd -f -p 8080 -h /conf"',
  );
  await control(card, say("form.args")).fill("first\nsecond");
  await control(card, say("form.pullPolicy")).selectOption("IfNotPresent");
  const live = await probe(page, card, say("form.liveness"), "httpGet", "7");
  await control(live, say("probe.path")).fill("/app.conf");
  await control(live, say("probe.port")).fill("8080");
  const ready = await probe(page, card, say("form.readiness"), "exec", "1");
  await control(ready, say("probe.exec")).fill("cat\n/tmp/begun");
  const startup = await probe(page, card, say("form.startup"), "tcpSocket", "1");
  await control(startup, say("probe.port")).fill("8080");
  await control(card, say("form.preStop")).fill("touch\n/shared/stopped");
  await control(card, say("form.capabilitiesAdd")).fill("NET_ADMIN");
  await control(card, say("form.capabilitiesDrop")).fill("CHOWN");
}

async function resources(card: Locator): Promise<void> {
  await control(card, say("form.cpuRequest")).fill("20m");
  await control(card, say("form.cpuLimit")).fill("500m");
  await control(card, say("form.memoryRequest")).fill("16Mi");
  await control(card, say("form.memoryLimit")).fill("48Mi");
}

function wholeIsStored(): void {
  const times = (periodSeconds: number) => ({
    initialDelaySeconds: 1,
    timeoutSeconds: 5,
    periodSeconds,
    successThreshold: 1,
    failureThreshold: 20,
  });
  expect(read(space, "sts", "whole")).toMatchObject({
    metadata: { labels: { app: "whole", team: "db" }, annotations: { description: "Everything at once" } },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: "whole" } },
      volumeClaimTemplates: [{ metadata: { name: "disk" }, spec: { resources: { requests: { storage: "16Mi" } } } }],
      template: {
        metadata: { labels: { app: "whole", team: "db" } },
        spec: {
          volumes: [
            { name: "scratch", emptyDir: {} },
            { name: "conf", configMap: { name: "settings" } },
            { name: "safe", secret: { secretName: "keys" } },
            { name: "shared", persistentVolumeClaim: { claimName: "shared" } },
          ],
          initContainers: [{ name: "prepare" }, { name: "helper", restartPolicy: "Always" }],
          containers: [
            {
              name: "main",
              image: `${image}:latest`,
              imagePullPolicy: "IfNotPresent",
              workingDir: "/scratch",
              args: ["first", "second"],
              livenessProbe: { httpGet: { path: "/app.conf", port: 8080 }, ...times(7) },
              readinessProbe: { exec: { command: ["cat", "/tmp/begun"] }, ...times(1) },
              startupProbe: { tcpSocket: { port: 8080 }, ...times(1) },
              lifecycle: { preStop: { exec: { command: ["touch", "/shared/stopped"] } } },
              securityContext: { capabilities: { add: ["NET_ADMIN"], drop: ["CHOWN"] } },
              resources: { requests: { cpu: "20m", memory: "16Mi" }, limits: { cpu: "500m", memory: "48Mi" } },
            },
            { name: "second", imagePullPolicy: "Always" },
          ],
        },
      },
    },
  });
}

function wholeIsTrueInside(): void {
  const main = (script: string) => inside(space, "whole-0", "main", script);
  expect(main('echo "$_MODE $ITS_COLOUR $ITS_TOKEN $COLOUR $TOKEN"')).toBe("fast green s3cret green s3cret");
  expect(main("echo $POD_IP")).toBe(kubectl("-n", space, "get", "pod", "whole-0", "-o", "jsonpath={.status.podIP}"));
  expect(main("pwd; ls /scratch; cat /conf/app.conf; echo; cat /safe/TOKEN")).toBe("/scratch\nprepared\non\ns3cret");
  expect(main("touch /conf/x 2>/dev/null || echo refused; touch /shared/y /disk/z && echo written")).toBe(
    "refused\nwritten",
  );
  expect(kubectl("-n", space, "logs", "whole-0", "-c", "main")).toContain("first second");
  // As the kernel has it, with either kind of cgroups.
  const limit = (one: string, other: string) => main(`cd /sys/fs/cgroup; cat ${one} 2>/dev/null || cat ${other}`);
  expect(limit("memory.max", "memory/memory.limit_in_bytes")).toBe(`${48 * 1024 * 1024}`);
  expect(limit("cpu.max", "cpu/cpu.cfs_quota_us")).toMatch(/^50000( 100000)?$/);
  const capabilities = BigInt(`0x${main("grep CapEff /proc/1/status | cut -f2")}`);
  expect([(capabilities >> 12n) & 1n, capabilities & 1n]).toEqual([1n, 0n]);
  expect(inside(space, "whole-1", "main", "ls /shared /disk")).toBe("/disk:\n\n/shared:\ny");
  expect(inside(space, "whole-0", "second", "test -d /scratch || echo apart")).toBe("apart");
}

test("placement, order, strategy, claims, a node's port", async ({ page }) => {
  await basics(page, "placed");
  const disk = await addVolume(page, "template", "disk");
  await control(disk, say("claim.size")).fill("8Mi");
  await mount(page, containerCard(page, 0), "disk", "/disk");
  await control(page, say("form.manual")).fill("2");
  await openAdvanced(page);
  const more = part(page, say("form.advanced"));
  const secrets = field(more, page, "imagePullSecrets");
  await secrets.getByRole("button", { name: say("act.add") }).click();
  await control(secrets, "Secret").selectOption("registry");
  const rules = field(more, page, say("form.scheduling"));
  await rules.getByRole("button", { name: say("form.addRule") }).click();
  await control(rules, say("data.key")).fill("kubernetes.io/hostname");
  await control(rules, say("form.operator")).selectOption("In");
  await control(rules, say("data.value")).fill("node-2;node-9");
  const annotations = field(more, page, say("form.annotations"));
  await annotations.getByRole("button", { name: say("form.addAnnotation") }).click();
  await control(annotations, say("data.key")).fill("owner");
  await control(annotations, say("data.value")).fill("用户信息");
  await control(more, say("form.network")).selectOption("Overlay");
  await control(more, say("sts.updateType")).selectOption("RollingUpdate");
  await control(more, "Partition").fill("1");
  await control(more, say("form.management")).selectOption("Parallel");
  await control(more, say("form.grace")).fill("3");
  await control(more, say("form.minReady")).fill("1");
  await control(more, say("form.whenDeleted")).selectOption("Delete");
  await control(more, say("form.whenScaled")).selectOption("Retain");
  const port = String(30000 + Math.floor(Math.random() * 2768));
  await control(page, say("service.enable")).check();
  await control(page, say("service.nodePort")).check();
  await control(page, say("service.hostPort")).fill(port);
  await control(page, "Session Affinity").selectOption("ClientIP");
  await control(page, say("service.timeout")).fill("600");
  await submitted(page);

  await expect(rowOf(page, "placed")).toContainText("2/2", { timeout: 60_000 });
  expect(read(space, "sts", "placed")).toMatchObject({
    metadata: { annotations: { owner: "用户信息" } },
    spec: {
      serviceName: "placed-headless",
      podManagementPolicy: "Parallel",
      minReadySeconds: 1,
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 1 } },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: "Delete", whenScaled: "Retain" },
      template: { spec: { imagePullSecrets: [{ name: "registry" }], terminationGracePeriodSeconds: 3 } },
    },
  });
  expect(kubectl("-n", space, "get", "pods", "-l", "app=placed", "-o", "jsonpath={.items[*].spec.nodeName}")).toBe(
    "node-2 node-2",
  );
  expect(read(space, "service", "placed")).toMatchObject({
    spec: {
      type: "NodePort",
      ports: [{ protocol: "TCP", port: 80, targetPort: 80, nodePort: Number(port) }],
      sessionAffinity: "ClientIP",
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 600 } },
    },
  });
  expect(read(space, "service", "placed-headless")).toMatchObject({ spec: { clusterIP: "None" } });
  const address = "placed-1.placed-headless.form.svc.cluster.local";
  const ip = kubectl("-n", space, "get", "pod", "placed-1", "-o", "jsonpath={.status.podIP}");
  expect(inside(space, "placed-0", "main", `wget -qO- http://placed/ && nslookup ${address}`)).toContain(ip);
});

test("what needs an administrator's grant, and a field that only the YAML has", async ({ page }) => {
  const folder = join(tmpdir(), `ordinal-e2e-${process.pid}`);
  const card = await basics(page, "host");
  const row = await addVolume(page, "hostPath", "real");
  await control(row, say("volume.hostPath")).fill(folder);
  await control(row, say("form.hostPathType")).selectOption("DirectoryOrCreate");
  await mount(page, card, "real", "/real");
  await card.getByRole("button", { name: say("form.showAdvanced") }).click();
  await control(card, say("form.command")).fill("sleep\n3600");
  await control(card, say("form.privileged")).check();
  await expect(card).toContainText(say("form.needsGrant"));
  await openAdvanced(page);
  const more = part(page, say("form.advanced"));
  await control(more, say("form.network")).selectOption("Host");
  await control(more, say("sts.updateType")).selectOption("OnDelete");
  await expect(control(more, "Partition")).toHaveCount(0);
  await control(page, say("service.enable")).check();
  await control(page, "Headless Service").check();
  await page
    .locator(".cm-line")
    .filter({ hasText: /^ +containers:$/ })
    .click();
  await page.keyboard.press("Home");
  await page.keyboard.type("securityContext: {runAsUser: 1001}\n");
  await expect(page.locator(".workload aside")).toContainText(say("form.kept"));
  await control(page, say("form.description")).fill("kept beside what was typed");
  await submitted(page);

  await expect(rowOf(page, "host")).toContainText("1/1", { timeout: 60_000 });
  expect(read(space, "sts", "host")).toMatchObject({
    spec: {
      serviceName: "host",
      updateStrategy: { type: "OnDelete" },
      template: {
        spec: {
          hostNetwork: true,
          securityContext: { runAsUser: 1001 },
          volumes: [{ name: "real", hostPath: { path: folder, type: "DirectoryOrCreate" } }],
          containers: [{ securityContext: { privileged: true } }],
        },
      },
    },
  });
  expect(read(space, "service", "host")).toMatchObject({ spec: { clusterIP: "None" } });
  expect(exists(space, "service", "host-headless")).toBe(false);
  expect(inside(space, "host-0", "main", "id -u; cat /proc/sys/kernel/hostname >/dev/null; ls -d /real")).toBe(
    "1001\n/real",
  );
  const bounds = inside(space, "host-0", "main", "grep CapBnd /proc/1/status | cut -f2");
  expect(bounds).toBe(/CapBnd:\s+(\w+)/.exec(readFileSync("/proc/1/status", "utf8"))?.[1]);
  kubectl("-n", space, "delete", "sts", "host", "--wait");
  rmSync(folder, { recursive: true });
});

test("what this machine cannot give: said by the pod, not by the form", async ({ page }) => {
  const card = await basics(page, "far");
  const row = await addVolume(page, "nfs", "remote");
  await control(row, "NFS").fill("127.0.0.1:/data");
  await mount(page, card, "remote", "/remote");
  await control(card, say("form.gpu")).fill("1");
  await control(page, say("service.enable")).check();
  await page.getByRole("button", { name: say("service.addPort") }).click();
  const second = field(part(page, say("service.title")), page, say("service.ports"))
    .locator(".row.wrap")
    .last();
  await control(second, say("service.protocol")).selectOption("UDP");
  await control(second, say("service.containerPort")).fill("53");
  await control(second, say("service.servicePort")).fill("5353");
  await submitted(page);

  expect(read(space, "sts", "far")).toMatchObject({
    spec: {
      template: {
        spec: {
          volumes: [{ nfs: { server: "127.0.0.1", path: "/data" } }],
          containers: [{ resources: { limits: { "nvidia.com/gpu": "1" } } }],
        },
      },
    },
  });
  expect(read(space, "service", "far")).toMatchObject({
    spec: { type: "ClusterIP", ports: [{ port: 80 }, { protocol: "UDP", port: 5353, targetPort: 53 }] },
  });
  await page.getByRole("link", { name: "far", exact: true }).click();
  await expect(rowOf(page, "far-0")).toContainText("nvidia.com/gpu");
});

test("what is refused: told beside its field, and nothing is made", async ({ page }) => {
  const card = await basics(page, "Not-A-Name");
  await control(page, say("form.manual")).fill("70000");
  await control(card, say("form.memoryLimit")).fill("much");
  await card.getByRole("button", { name: say("data.add") }).click();
  await control(card, say("data.key")).fill("1ST");
  await submit(page);
  for (const message of [say("rule.name"), say("rule.replicas"), say("rule.quantity"), say("rule.env")])
    await expect(page.locator(".problem").filter({ hasText: message })).toBeVisible();
  await control(page, say("form.name")).fill("fine");
  await control(page, say("form.manual")).fill("1");
  await control(card, say("data.key")).fill("FIRST");
  // A request above the limit only the server refuses.
  await control(card, say("form.memoryLimit")).fill("1Mi");
  await control(page, say("service.enable")).check();
  await submit(page);
  await expect(page.getByRole("alert")).toContainText("memory");
  for (const kind of ["sts", "service"]) expect(exists(space, kind, "fine")).toBe(false);
  page.on("dialog", (dialog) => void dialog.accept());
  await page.getByRole("button", { name: say("act.cancel"), exact: true }).click();
  await expect(page.getByRole("heading", { name: "StatefulSet", exact: true })).toBeVisible();
});

test("images that are on the nodes are suggested", async ({ page }) => {
  const card = containerCard(page, 0);
  await expect(control(card, say("form.image"))).toHaveAttribute("list", "images");
  await expect(page.locator(`datalist#images option[value="${image}:latest"]`)).toHaveCount(1);
});
