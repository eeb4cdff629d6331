import { expect, test, type Page } from "@playwright/test";
import { exists, kubectl, read } from "./cluster";
import { speaker } from "./language";
import { confirm, control, speak } from "./steps";

/** 业务管理, all that is written there: a business from its making to its end, held against the objects after each step. */
const say = speaker("zh");
const group = "business.tkestack.io";
let id = "";

test.describe.configure({ mode: "serial" });

const project = () => JSON.parse(kubectl("get", `projects.${group}`, id, "-o", "json")) as Project;
interface Project {
  spec: { displayName: string; clusters: Record<string, { hard?: Record<string, string> }> };
  status: { phase: string };
}

const open = async (page: Page, tab: "business.info" | "business.memberList" | "business.namespaceList") => {
  await speak(page, "zh");
  await page.goto(`/p/businesses/${id}`);
  await page.getByRole("tab", { name: say(tab), exact: true }).click();
};

const addLimit = async (page: Page, amount: string) => {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: say("quota.add") }).click();
  await dialog.getByRole("combobox", { name: say("quota.type"), exact: true }).selectOption("pods");
  await dialog.getByRole("textbox", { name: say("quota.key.pods"), exact: true }).fill(amount);
};

test("it is made, with an owner and a quota", async ({ page }) => {
  await speak(page, "zh");
  await page.goto("/p/businesses");
  await page.getByRole("link", { name: say("business.create"), exact: true }).click();
  await control(page, say("business.name")).fill("账本");
  await control(page, say("role.admin")).fill("ann");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: say("quota.edit"), exact: true }).click();
  await addLimit(page, "4");
  await confirm(page, say("act.done"));
  await page.getByRole("button", { name: say("act.done"), exact: true }).click();
  await expect(page).toHaveURL(/\/p\/businesses\/prj-\w+$/);
  id = /prj-\w+$/.exec(page.url())![0];
  await expect(page.locator("main")).toContainText(say("business.phase.Active"));
  expect(project().spec.clusters).toEqual({ global: { hard: { pods: "4" } } });
  await page.getByRole("tab", { name: say("business.memberList"), exact: true }).click();
  for (const owner of ["admin", "ann"])
    await expect(page.getByRole("row").filter({ hasText: owner })).toContainText(say("role.project-owner"));
});

test("it is renamed", async ({ page }) => {
  await open(page, "business.info");
  await page
    .locator("main .card")
    .first()
    .getByRole("button", { name: say("act.edit"), exact: true })
    .click();
  await control(page.getByRole("dialog"), say("business.name")).fill("总账");
  await confirm(page, say("act.save"));
  await expect(page.getByRole("heading", { name: `总账 (${id})` })).toBeVisible();
  expect(project().spec.displayName).toBe("总账");
});

test("members come, change their role and go", async ({ page }) => {
  await open(page, "business.memberList");
  await page.getByRole("button", { name: say("act.create"), exact: true }).click();
  const dialog = page.getByRole("dialog");
  await control(dialog, say("member.name")).fill("joe");
  await page.keyboard.press("Enter");
  await control(dialog, say("role.project-viewer")).check();
  await confirm(page, say("act.done"));
  const row = page.getByRole("row").filter({ hasText: "joe" });
  await expect(row).toContainText(say("role.project-viewer"));
  const mayWrite = () => {
    try {
      return kubectl("auth", "can-i", "create", `namespaces.${group}`, "-n", id, "--as=joe").trim();
    } catch {
      return "no";
    }
  };
  expect(mayWrite()).toBe("no");
  await row.getByRole("button", { name: say("member.changeRole"), exact: true }).click();
  await control(dialog, say("role.project-owner")).check();
  await confirm(page, say("act.done"));
  await expect(row).toContainText(say("role.project-owner"));
  await expect.poll(mayWrite).toBe("yes");
  await row.getByRole("button", { name: say("act.delete"), exact: true }).click();
  await confirm(page, say("act.delete"));
  await expect(row).toHaveCount(0);
  await expect.poll(mayWrite).toBe("no");
});

test("a namespace is made within the quota, changed and deleted", async ({ page }) => {
  await open(page, "business.namespaceList");
  await page.getByRole("button", { name: say("business.createNamespace"), exact: true }).click();
  const dialog = page.getByRole("dialog");
  await control(dialog, say("column.name")).fill("ledger");
  const pods = dialog.getByRole("textbox", { name: say("quota.key.pods"), exact: true });
  await pods.fill("5");
  await expect(dialog).toContainText(say("quota.over", { most: say("quota.with.count", { n: 4 }) }));
  await expect(dialog.getByRole("button", { name: say("act.done"), exact: true })).toBeDisabled();
  await pods.fill("3");
  await confirm(page, say("act.done"));
  const row = page.getByRole("row").filter({ hasText: "ledger" });
  await expect(row).toContainText(say("business.phase.Available"));
  const limit = () => read("ledger", "resourcequota", "ledger")["spec"]?.["hard"]?.["pods"];
  await expect.poll(limit).toBe("3");
  await row.getByRole("button", { name: say("act.edit"), exact: true }).click();
  await pods.fill("4");
  await confirm(page, say("act.done"));
  await expect.poll(limit).toBe("4");
  await row.getByRole("button", { name: say("act.delete"), exact: true }).click();
  await expect(dialog.getByRole("button", { name: say("act.delete"), exact: true })).toBeDisabled();
  await control(dialog, say("business.typeName", { name: "ledger" })).fill("ledger");
  await confirm(page, say("act.delete"));
  await expect(row).toHaveCount(0);
  expect(exists("", "namespace", "ledger")).toBe(false);
});

test("its quota is changed, and it is deleted", async ({ page }) => {
  await open(page, "business.info");
  await page.getByRole("button", { name: say("quota.edit"), exact: true }).click();
  await page
    .getByRole("dialog")
    .getByRole("textbox", { name: say("quota.key.pods"), exact: true })
    .fill("6");
  await confirm(page, say("act.done"));
  expect(project().spec.clusters).toEqual({ global: { hard: { pods: "6" } } });
  await page.getByRole("button", { name: say("business.delete"), exact: true }).click();
  await control(page.getByRole("dialog"), say("business.typeId", { id })).fill(id);
  await confirm(page, say("act.delete"));
  await expect.poll(() => exists("", `projects.${group}`, id)).toBe(false);
  await page.goto("/p/businesses");
  await expect(page.getByRole("heading", { name: say("side.businesses"), exact: true })).toBeVisible();
  await expect(page.getByText(id)).toHaveCount(0);
});
