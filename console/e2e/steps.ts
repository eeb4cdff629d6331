import { expect, type Locator, type Page } from "@playwright/test";
import type { Language, Say } from "./language";

/** The password of everybody whom the tests make, once it has been changed. */
export const password = "Walk-through-2026";

export const speak = (page: Page, language: Language) =>
  page.addInitScript((chosen) => localStorage.setItem("ordinal.language", chosen), language);

const exactly = (text: string) => new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}( \\*)?$`);

/** A control by its label, with or without the star of what must be filled in. */
export const control = (within: Page | Locator, label: string) => within.getByLabel(exactly(label));

/** A whole field: its label, its controls, its hints and problems. */
export const field = (within: Locator, page: Page, label: string) =>
  within.locator(".field").filter({ has: page.locator("label.name, span.name").filter({ hasText: exactly(label) }) });

export const part = (page: Page, title: string) => page.getByRole("region", { name: title, exact: true });

export const rowOf = (page: Page, name: string) =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });

export async function signIn(page: Page, say: Say, user: string, secret: string): Promise<void> {
  await page.goto("/login");
  await control(page, say("login.user")).fill(user);
  await control(page, say("login.password")).fill(secret);
  await page.getByRole("button", { name: say("login.enter"), exact: true }).click();
}

/** What stands between a one-time password and everything else. */
export async function changePassword(page: Page, say: Say, old: string): Promise<void> {
  await expect(page.getByText(say("password.must"))).toBeVisible();
  const save = page.getByRole("button", { name: say("act.save"), exact: true });
  const type = async (fresh: string) => {
    await control(page, say("password.old")).fill(old);
    await control(page, say("password.new")).fill(fresh);
    await control(page, say("password.again")).fill(fresh);
    await save.click();
  };
  await type("short");
  await expect(page.locator(".field .problem")).toBeVisible();
  await type(password);
  await expect(page.locator("nav.side")).toBeVisible();
}

/** One of Ant Design's choices. */
export async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name: label, exact: true }).click();
  await page.locator(".ant-select-item-option").filter({ hasText: option }).first().click();
}

export async function toSets(page: Page, say: Say): Promise<void> {
  const side = page.locator("nav.side");
  const group = side.locator("details").filter({ has: page.locator("summary", { hasText: say("side.workload") }) });
  if ((await group.getAttribute("open")) === null) await group.locator("summary").click();
  await group.getByRole("link", { name: "StatefulSet", exact: true }).click();
  await expect(page.getByRole("heading", { name: "StatefulSet", exact: true })).toBeVisible();
}

export async function more(page: Page, say: Say, name: string, item: string): Promise<void> {
  await rowOf(page, name)
    .getByRole("button", { name: say("act.more") })
    .click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

/** Confirms an open dialog, which closes when all of it has been done. */
export async function confirm(page: Page, button: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: button, exact: true }).click();
  await expect(dialog).toHaveCount(0);
}
