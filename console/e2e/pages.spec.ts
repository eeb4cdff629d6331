import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { apply, read } from "./cluster";
import { keys, speaker } from "./language";
import { control, speak } from "./steps";

/**
 * The pages as people find them: usable without a mouse or eyes (axe), nothing cut off, no key in place of a text, in
 * both languages, by day and by night. With SCREENSHOTS, a folder, a picture of each is left there.
 */
const business = "prj-pages";
const sets = "statefulsets.apps";
const row = (text: string) => `main [role=row]:has-text("${text}")`;
const text = (what: string) => `main .cm-content:has-text("${what}")`;
const formField = "main .field input:not([role=combobox])";
const pages = [
  { name: "clusters", at: "/p/clusters", shows: row("global") },
  { name: "nodes", at: "/p/global/-/nodes", shows: row("node-2") },
  { name: "namespaces", at: "/p/global/-/namespaces", shows: row("kube-system") },
  { name: "statefulsets", at: `/p/global/-/${sets}`, shows: row("3/3") },
  { name: "statefulset", at: `/p/global/default/${sets}/web`, shows: row("web-2") },
  { name: "create", at: `/p/global/default/${sets}/new`, shows: text("apps/v1") },
  { name: "yaml", at: `/p/global/default/${sets}/web/yaml`, shows: text("apps/v1") },
  { name: "pods", at: "/p/global/default/pods", shows: row("web-0") },
  { name: "pod", at: "/p/global/default/pods/web-0", shows: row("nginx:latest") },
  { name: "services", at: "/p/global/default/services", shows: row("nginx") },
  { name: "service-create", at: "/p/global/default/services/new", shows: formField },
  { name: "configmap-create", at: "/p/global/default/configmaps/new", shows: formField },
  { name: "secret-create", at: "/p/global/default/secrets/new", shows: formField },
  { name: "claims", at: "/p/global/default/persistentvolumeclaims", shows: row("www-web-0") },
  { name: "claim-create", at: "/p/global/default/persistentvolumeclaims/new", shows: formField },
  { name: "several", at: "/p/global/default/yaml/new", shows: "main .cm-content" },
  { name: "events", at: "/p/global/default/events", shows: row("web-0") },
  { name: "all", at: "/p/global/default/all", shows: row("ServiceAccount") },
  { name: "users", at: "/p/users", shows: row("admin") },
  { name: "businesses", at: "/p/businesses", shows: row(business) },
  { name: "business-create", at: "/p/businesses/new", shows: formField },
  { name: "business", at: `/p/businesses/${business}`, shows: `main h1:has-text("${business}")` },
  { name: "mine", at: "/b", shows: row(business) },
  { name: "business-statefulsets", at: `/b/${business}/global/pages/${sets}`, shows: "main [role=table]" },
  { name: "password", at: "/password", shows: "input[type=password]" },
] as const;

test.beforeAll(async () => {
  const group = "business.tkestack.io";
  const phase = (kind: string, name: string) => () => read(business, `${kind}.${group}`, name)["status"]?.["phase"];
  apply({
    ...{ apiVersion: `${group}/v1`, kind: "Project", metadata: { name: business } },
    spec: { displayName: "Pages", members: ["admin"], clusters: { global: { hard: { pods: "20" } } } },
  });
  await expect.poll(phase("projects", business)).toBe("Active");
  apply({
    ...{ apiVersion: `${group}/v1`, kind: "Namespace", metadata: { name: "global-pages", namespace: business } },
    spec: { clusterName: "global", namespace: "pages", hard: { pods: "10" } },
  });
  await expect.poll(phase("namespaces", "global-pages")).toBe("Available");
});

for (const language of ["zh", "en"] as const)
  for (const colorScheme of ["light", "dark"] as const)
    test.describe(`${language}, ${colorScheme}`, () => {
      test.setTimeout(30_000);
      test.use({ colorScheme });

      test.describe("before the sign-in", () => {
        test.use({ storageState: { cookies: [], origins: [] } });
        test("the login page", async ({ page }) => {
          await speak(page, language);
          await page.goto("/login");
          await expect(control(page, speaker(language)("login.user"))).toBeVisible();
          await isFine(page, "login");
        });
      });

      for (const { name, at, shows } of pages)
        test(`the page ${name}`, async ({ page }) => {
          await speak(page, language);
          await page.goto(at);
          await expect(page.locator(shows).first()).toBeVisible({ timeout: 10_000 });
          await expect(page.getByText(speaker(language)("state.loading"))).toHaveCount(0);
          await isFine(page, name);
        });
    });

async function isFine(page: Page, name: string): Promise<void> {
  await expect.poll(() => page.evaluate(passing)).toEqual([]);
  expect.soft(await page.evaluate(textsCut), "text that is cut off").toEqual([]);
  expect.soft(await page.evaluate(textsAmong, keys), "a key in place of its text").toEqual([]);
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa"]).analyze();
  expect.soft(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join("\n  ")}`)).toEqual([]);
  await picture(page, name);
}

/** By the language and theme of the page, as `zh/light/nodes.png`. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env["SCREENSHOTS"];
  if (!folder) return;
  const [language, theme] = await page.evaluate(() => {
    const { lang, dataset } = document.documentElement;
    return [lang.slice(0, 2), dataset["theme"] ?? ""];
  });
  const into = join(folder, language, theme);
  mkdirSync(into, { recursive: true });
  await page.screenshot({ path: join(into, `${name}.png`), animations: "disabled", caret: "hide" });
}

/** What is still sliding or fading in; what goes on for ever is not waited for. */
const passing = () =>
  document
    .getAnimations()
    .filter((each) => each.effect?.getComputedTiming().iterations !== Infinity)
    .map((each) => each.id);

/** Labels, headings and buttons that are wider than their place; what is cut on purpose says all of it in a title. */
function textsCut(): string[] {
  const all = document.querySelectorAll<HTMLElement>(
    "h1, h2, button, label, legend, summary, th, nav a, [role=columnheader]",
  );
  return [...all]
    .filter((e) => e.offsetParent !== null && !e.title && !e.closest("[title]") && e.scrollWidth > e.clientWidth + 1)
    .filter((e) => getComputedStyle(e).overflowX !== "visible" || e.matches("button"))
    .map((e) => e.innerText);
}

function textsAmong(known: string[]): string[] {
  const wanted = new Set(known);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  while (walker.nextNode())
    if (wanted.has(walker.currentNode.textContent?.trim() ?? "")) found.push(String(walker.currentNode.textContent));
  return found;
}
