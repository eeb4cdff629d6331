import { expect, test, type Locator, type Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { parse } from "yaml";
import { apply, kubectl, namespace } from "./cluster";
import { speaker } from "./language";
import { control, password, rowOf, signIn, speak } from "./steps";

/** What the console costs with thousands of pods: prints figures and fails by none of them. e2e/speed.sh starts the cluster. */
const count = Number(process.env["PODS"] ?? "5000");
const space = "many";
const name = "crowd";
const say = speaker("en");

test.describe.configure({ mode: "serial", timeout: 600_000 });

test.beforeAll(async () => {
  const labels = { app: name };
  const container = { name: "main", image: "nginx:latest" };
  const template = { metadata: { labels }, spec: { containers: [container] } };
  const spec = {
    serviceName: name,
    replicas: count,
    podManagementPolicy: "Parallel",
    selector: { matchLabels: labels },
  };
  apply(namespace(space), {
    ...{ apiVersion: "apps/v1", kind: "StatefulSet", metadata: { name, namespace: space } },
    spec: { ...spec, template },
  });
  const ready = () => kubectl("-n", space, "get", "sts", name, "-o", "jsonpath={.status.readyReplicas}");
  await expect.poll(ready, { timeout: 500_000, intervals: [1000] }).toBe(String(count));
});

for (const at of ["pods", `statefulsets.apps/${name}`])
  test(`the page ${at}`, async ({ page }) => {
    await speak(page, "en");
    const begun = Date.now();
    await page.goto(`/p/global/${space}/${at}`);
    const rows = page.locator("main [role=table]");
    await expect(rows).toHaveAttribute("aria-rowcount", String(count + 1));
    const shown = Date.now() - begun;
    await page.evaluate(idle);
    const frames = await page.evaluate(scroll);
    const search = await searches(page);
    print(at, { "all rows after, ms": shown, "frame while scrolling, p50, p95, ms": frames, "search, ms": search });
    print(at, { "heap after a collection, MB": await heap(page) });
  });

test.describe("somebody who comes for the first time", () => {
  test.use({ storageState: { cookies: [], origins: [] } });

  test("from the first page to a set", async ({ page }) => {
    await speak(page, "en");
    await page.goto("/login");
    await expect(control(page, say("login.user"))).toBeVisible();
    const painted = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN;
    print("first load", { "painted after, ms": await page.evaluate(painted) });
    const answered = page.waitForResponse((r) => r.url().endsWith("/session") && r.request().method() === "POST");
    await signIn(page, say, "admin", password);
    await answered;
    const begun = Date.now();
    await expect(rowOf(page, "global")).toBeVisible();
    print("after the sign-in", { "list of clusters, ms": Date.now() - begun });
    const side = page.locator("nav.side");
    const sets = side.getByRole("link", { name: "StatefulSet", exact: true });
    const nodes = side.getByRole("link", { name: say("side.nodes"), exact: true });
    await page.goto(`/p/global/${space}/services`);
    await expect(page.getByRole("heading", { name: "Service", exact: true })).toBeVisible();
    await page.evaluate(idle);
    print("a click", {
      "list of sets, first, ms": await answer(page, sets, `a[href$="${name}"]`),
      "list of nodes, first, ms": await answer(page, nodes, 'a[href$="/nodes/node-1"]'),
      "list of sets again, ms": await answer(page, sets, `a[href$="${name}"]`),
      "the dialog of scaling, first, ms": await answer(page, rowOf(page, name).getByText(say("sts.scale")), "dialog"),
    });
  });
});

/** From a click to the frame that shows what it was for, in ms. */
async function answer(page: Page, what: Locator, selector: string): Promise<number> {
  await page.evaluate((wanted) => {
    const shown = new Promise<number>((resolve) => {
      let begun = 0;
      addEventListener("click", () => (begun = performance.now()), { capture: true, once: true });
      const observer = new MutationObserver(() => {
        if (!begun || !document.querySelector(wanted)) return;
        observer.disconnect();
        requestAnimationFrame(() => resolve(performance.now() - begun));
      });
      observer.observe(document, { childList: true, subtree: true });
    });
    Object.assign(window, { shown: () => shown });
  }, selector);
  await what.click();
  return page.evaluate(() => shown());
}

test("a rollout", async ({ page }) => {
  await speak(page, "en");
  await page.goto(`/p/global/${space}/statefulsets.apps/${name}`);
  await expect(page.locator(".ordinals .box.new")).toHaveCount(count + 1);
  await page.evaluate(watchDraws);
  const change = JSON.stringify({ spec: { template: { metadata: { annotations: { at: String(Date.now()) } } } } });
  kubectl("-n", space, "patch", "sts", name, "--type=merge", "-p", change);
  const updated = () => Number(kubectl("-n", space, "get", "sts", name, "-o", "jsonpath={.status.updatedReplicas}"));
  await expect.poll(updated, { timeout: 300_000 }).toBeGreaterThanOrEqual(200);
  print("a rollout, its first 200 pods", { "frame, p50, p95, ms": await page.evaluate(() => drawn()) });
});

test("a call through the gateway", async ({ page }) => {
  const cookies = await page.context().cookies();
  const session = cookies.map((c) => `${c.name}=${c.value}`).join("; ");
  const through = caller(process.env["CONSOLE_URL"]!, { headers: { Cookie: session } }, "/clusters/global");
  const kubeconfig = parse(readFileSync(process.env["KUBECONFIG"]!, "utf8")) as Kubeconfig;
  const user = kubeconfig.users[0]!.user;
  const decoded = (text: string) => Buffer.from(text, "base64");
  const credentials = { cert: decoded(user["client-certificate-data"]), key: decoded(user["client-key-data"]) };
  const direct = caller(kubeconfig.clusters[0]!.cluster.server, credentials, "");
  const taken: { through: number[]; direct: number[] } = { through: [], direct: [] };
  for (let i = 0; i < 3000; i++) {
    taken.through.push(await through());
    taken.direct.push(await direct());
  }
  const p50 = (all: number[]) => all.slice(1000).sort((a, b) => a - b)[Math.floor((all.length - 1000) / 2)]!;
  const [a, b] = [p50(taken.through), p50(taken.direct)];
  print("a call, p50, ms", { "through the gateway": a, direct: b, difference: a - b });
});

interface Kubeconfig {
  clusters: readonly { cluster: { server: string } }[];
  users: readonly { user: { "client-certificate-data": string; "client-key-data": string } }[];
}

/** Asks for one Service over one connection; how long it took, in ms. */
function caller(origin: string, options: object, prefix: string): () => Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false, ...options });
  const url = `${origin.replace(/\/$/, "")}${prefix}/api/v1/namespaces/default/services/kubernetes`;
  return () =>
    new Promise((resolve, reject) => {
      const begun = performance.now();
      request(url, { agent, ...options }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`${url}: ${response.statusCode}`));
        response.resume().on("end", () => resolve(performance.now() - begun));
      })
        .on("error", reject)
        .end();
    });
}

const print = (what: string, figures: Record<string, number | readonly number[]>) =>
  process.stdout.write(
    Object.entries(figures)
      .map(([key, value]) => `${what}: ${key}: ${[value].flat().map((n) => Math.round(n * 100) / 100)}\n`)
      .join(""),
  );

/** When the page has drawn what it loaded, and does nothing for a moment. */
async function idle(): Promise<void> {
  for (let i = 0; i < 30; i++) await new Promise((resolve) => requestIdleCallback(resolve));
}

/** Ten times the way a hand scrolls, a new place in each frame. */
function scroll(): Promise<readonly number[]> {
  const table = document.querySelector<HTMLElement>("main .table.grow")!;
  const frames: number[] = [];
  return new Promise((resolve) => {
    let last = performance.now();
    const draw = (now: number) => {
      frames.push(now - last);
      last = now;
      table.scrollTop += 180;
      if (frames.length < 300) return requestAnimationFrame(draw);
      frames.sort((a, b) => a - b);
      resolve([0.5, 0.95].map((p) => frames[Math.floor(frames.length * p)]!));
    };
    requestAnimationFrame(draw);
  });
}

/** From a key to the frame that shows what it found; the longest of several. Nobody asks the page anything meanwhile. */
async function searches(page: Page): Promise<number> {
  const box = control(page, say("list.search"));
  const taken: number[] = [];
  for (const key of [..."42"]) {
    await page.evaluate(() => {
      const table = document.querySelector("main [role=table]")!;
      const found = new Promise<number>((resolve) => {
        let begun = 0;
        addEventListener("input", () => (begun = performance.now()), { capture: true, once: true });
        const observer = new MutationObserver(() => {
          observer.disconnect();
          requestAnimationFrame(() => resolve(performance.now() - begun));
        });
        observer.observe(table, { attributes: true, attributeFilter: ["aria-rowcount"] });
      });
      Object.assign(window, { shown: () => found });
    });
    await box.press(key);
    taken.push(await page.evaluate(() => shown()));
  }
  await box.fill("");
  return Math.max(...taken);
}

async function heap(page: Page): Promise<number> {
  const tools = await page.context().newCDPSession(page);
  await tools.send("HeapProfiler.collectGarbage");
  await tools.send("Performance.enable");
  const { metrics } = await tools.send("Performance.getMetrics");
  return metrics.find(({ name: metric }) => metric === "JSHeapUsedSize")!.value / 1e6;
}

declare function shown(): Promise<number>;
declare function drawn(): readonly number[];

/** Notes how long each frame took from now on. */
function watchDraws(): void {
  const frames: number[] = [];
  let last = performance.now();
  const draw = (now: number) => {
    frames.push(now - last);
    last = now;
    requestAnimationFrame(draw);
  };
  requestAnimationFrame(draw);
  Object.assign(window, {
    drawn: () => {
      const sorted = [...frames].sort((a, b) => a - b);
      return [0.5, 0.95].map((p) => sorted[Math.floor(sorted.length * p)]!);
    },
  });
}
