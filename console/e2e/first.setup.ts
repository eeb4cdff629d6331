import { expect, test } from "@playwright/test";
import { administrator } from "../playwright.config";
import { speaker } from "./language";
import { changePassword, password, signIn, speak } from "./steps";

const say = speaker("zh");

/** The first thing that anybody does: in with the password that `up` printed, which then is nobody's any more. */
test("the first sign-in", async ({ page }) => {
  const once = process.env["CONSOLE_PASSWORD"];
  if (!once) throw new Error("CONSOLE_PASSWORD must be the one-time password that up has printed");
  await speak(page, "zh");
  await signIn(page, say, "admin", "Wrong-" + once);
  await expect(page.getByText(say("login.wrong"))).toBeVisible();
  await signIn(page, say, "admin", once);
  await changePassword(page, say, once);
  await signIn(page, say, "admin", once);
  await expect(page.getByText(say("login.wrong"))).toBeVisible();
  await signIn(page, say, "admin", password);
  await expect(page.locator("nav.side")).toBeVisible();
  await page.context().storageState({ path: administrator });
});
