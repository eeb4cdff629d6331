import { expect, test } from "@playwright/test";
import { apply, namespace } from "./cluster";
import { speaker } from "./language";
import { choose, speak, toSets } from "./steps";
import { Walk } from "./walk";

/** The same walk where an administrator is at home: a cluster, any of its namespaces. */
test("平台管理: the walk in a namespace of a cluster", async ({ page }) => {
  const say = speaker("zh");
  apply(namespace("plain"));
  await speak(page, "zh");
  await page.goto("/p/clusters");
  await page.getByRole("link", { name: "global", exact: true }).click();
  await expect(page.getByRole("row").filter({ hasText: "node-1" })).toContainText("Ready");
  await choose(page, say("context.namespace"), "plain");
  await toSets(page, say);
  await new Walk(page, say, "plain", "walked").all();
});
