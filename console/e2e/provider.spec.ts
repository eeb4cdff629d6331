import { expect, test, type Page } from "@playwright/test";
import { client, startIssuer, type Issuer } from "./issuer";
import { speaker } from "./language";
import { confirm, control, field, speak } from "./steps";

/** Users who have no password here: an issuer of identities is set up, vouches for somebody, and is taken away again. */
const say = speaker("en");
let issuer: Issuer;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  issuer = await startIssuer("carol", ["keepers", "staff"]);
});
test.afterAll(() => issuer.close());

const openSettings = async (page: Page) => {
  await speak(page, "en");
  await page.goto("/p/users");
  await page.getByRole("button", { name: say("provider.title"), exact: true }).click();
  return page.getByRole("dialog");
};

test("an administrator names an issuer", async ({ page }) => {
  const dialog = await openSettings(page);
  await expect(dialog).toContainText("/oidc/callback");
  const fill = (name: "issuer" | "clientId" | "clientSecret" | "groupsClaim" | "adminGroup", value: string) =>
    control(dialog, say(`provider.${name}`)).fill(value);
  await fill("issuer", `${issuer.address}/elsewhere`);
  await fill("clientId", client.id);
  await fill("clientSecret", client.secret);
  await fill("groupsClaim", "groups");
  await fill("adminGroup", "keepers");
  const save = dialog.getByRole("button", { name: say("act.save"), exact: true });
  await save.click();
  await expect(field(dialog, page, say("provider.issuer")).locator(".problem")).toContainText("elsewhere");
  await fill("issuer", issuer.address);
  await save.click();
  await expect(dialog).toHaveCount(0);
});

test.describe("somebody whom it vouches for", () => {
  test.use({ storageState: { cookies: [], origins: [] } });
  const button = (page: Page) => page.getByRole("link", { name: say("login.provider"), exact: true });

  test("comes back to where he wanted to go, as an administrator by his group", async ({ page }) => {
    await speak(page, "en");
    await page.goto("/p/clusters");
    await expect(page).toHaveURL(/\/login\?to=/);
    await button(page).click();
    await expect(page).toHaveTitle("Issuer");
    await page.getByRole("link", { name: "I am carol" }).click();
    await expect(page).toHaveURL(/\/p\/clusters$/);
    await expect(page.getByRole("link", { name: "global", exact: true })).toBeVisible();
    await page.goto("/p/users");
    const row = page.getByRole("row").filter({ hasText: "carol" });
    await expect(row).toContainText(say("user.administrator"));
    await expect(row.getByRole("button", { name: say("act.edit"), exact: true })).toBeDisabled();
    await page.locator("header.top").getByRole("button", { name: "carol" }).click();
    await expect(page.getByRole("menuitem", { name: say("password.title"), exact: true })).toHaveCount(0);
    await page.getByRole("menuitem", { name: say("frame.signOut"), exact: true }).click();
    await expect(page).toHaveURL(/\/login/);
  });

  test("is told when it does not", async ({ page }) => {
    await speak(page, "en");
    await page.goto("/login");
    await button(page).click();
    await page.getByRole("link", { name: "No" }).click();
    await expect(page.getByText(say("login.denied"))).toBeVisible();
  });
});

test("without it, nobody is sent there any more", async ({ page, browser }) => {
  const dialog = await openSettings(page);
  await dialog.getByRole("button", { name: say("act.remove"), exact: true }).click();
  await expect(page.getByRole("dialog")).toContainText(issuer.address);
  await confirm(page, say("act.remove"));
  const stranger = await browser.newPage({ storageState: { cookies: [], origins: [] } });
  await speak(stranger, "en");
  const answered = stranger.waitForResponse((r) => new URL(r.url()).pathname === "/oidc");
  await stranger.goto("/login");
  expect(await (await answered).json()).toMatchObject({ enabled: false });
  await expect(control(stranger, say("login.user"))).toBeVisible();
  await expect(stranger.getByRole("link", { name: say("login.provider"), exact: true })).toHaveCount(0);
  await stranger.close();
});
