import { expect, test, type Page } from "@playwright/test";
import { apply, read } from "./cluster";
import { speaker, type Language } from "./language";
import { changePassword, choose, control, password, signIn, speak, toSets } from "./steps";
import { Walk } from "./walk";

/** The guide's console walk, step by step with its labels, for members of a business that an administrator has made. */
const member = "mei";
const oncePassword = "Once-only-2026";
const business = "prj-guidewlk";
const group = "business.tkestack.io";
const displayName = "商城";

test.describe.configure({ mode: "serial" });

test("an administrator makes a user, a business and its namespaces", async ({ page }) => {
  const say = speaker("zh");
  await speak(page, "zh");
  await page.goto("/p/users");
  await page.getByRole("button", { name: say("act.create"), exact: true }).click();
  const dialog = page.getByRole("dialog");
  await control(dialog, say("user.account")).fill(member);
  await control(dialog, say("user.displayName")).fill("小梅");
  await control(dialog, say("login.password")).fill(oncePassword);
  await dialog.getByRole("button", { name: say("act.save"), exact: true }).click();
  await expect(page.getByRole("row").filter({ hasText: member })).toContainText(say("user.ordinary"));

  apply({
    apiVersion: `${group}/v1`,
    kind: "Project",
    metadata: { name: business },
    spec: { displayName: displayName, members: ["admin", member], clusters: { global: { hard: {} } } },
  });
  const phase = (kind: string, name: string) => () => read(business, `${kind}.${group}`, name)["status"]?.["phase"];
  await expect.poll(phase("projects", business)).toBe("Active");
  for (const name of ["shop", "other"])
    apply({
      apiVersion: `${group}/v1`,
      kind: "Namespace",
      metadata: { name: `global-${name}`, namespace: business },
      spec: { clusterName: "global", namespace: name, hard: {} },
    });
  for (const name of ["shop", "other"]) await expect.poll(phase("namespaces", `global-${name}`)).toBe("Available");
});

for (const language of ["zh", "en"] as const) {
  // In Chinese as somebody who administers the platform, too, and has to switch; in English as a member and nothing else.
  test.describe(language, () => {
    test.use({ storageState: { cookies: [], origins: [] } });
    test(`the guide's walk, ${language}`, ({ page }) => walk(page, language));
  });
}

async function walk(page: Page, language: Language): Promise<void> {
  const say = speaker(language);
  const side = page.locator("nav.side");
  await speak(page, language);
  if (language === "zh") {
    await signIn(page, say, "admin", password);
    await expect(page).not.toHaveURL(/\/login/);
    await page.goto("/p/clusters");
    await side.getByRole("link", { name: say("frame.toBusiness") }).click();
  } else {
    await signIn(page, say, member, oncePassword);
    await changePassword(page, say, oncePassword);
    await expect(side.getByRole("link", { name: say("frame.toPlatform") })).toHaveCount(0);
  }
  await side.getByRole("link", { name: say("side.application"), exact: true }).click();
  await choose(page, say("context.business"), displayName);
  await choose(page, say("context.namespace"), "shop");
  await toSets(page, say);
  await new Walk(page, say, "shop", `guide-${language}`).all();
}
