import { expect, test, type Page } from "@playwright/test";
import { kubectl, read } from "./cluster";
import { speaker } from "./language";
import { confirm, control, rowOf, speak } from "./steps";

/** A kubeconfig with less than a cluster: what it may not do is said before it is tried, and refused when it is. */
const say = speaker("zh");
const sets = "statefulsets.apps";

async function open(page: Page, at: string): Promise<void> {
  await speak(page, "zh");
  await page.goto(at);
}

async function isForbidden(page: Page, at: string): Promise<void> {
  await open(page, at);
  const refusal = page.locator("main").getByText(say("error.forbidden", { said: "" }));
  await expect(refusal.first()).toBeVisible();
}

const button = (page: Page, name: string) => page.locator("main").getByRole("button", { name, exact: true });

test("reader: a kubeconfig that may only read", async ({ page }) => {
  await open(page, `/p/global/default/${sets}`);
  const lacks = (right: string) => say("state.noRight", { right });
  await expect(page.getByRole("note")).toContainText("system:serviceaccount:default:reader");
  await expect(rowOf(page, "web")).toContainText("3/3");
  const create = button(page, say("act.create"));
  await expect(create).toBeDisabled();
  await expect(create).toHaveAttribute("title", lacks("create statefulsets"));
  const scale = rowOf(page, "web").getByRole("button", { name: say("sts.scale"), exact: true });
  await expect(scale).toHaveAttribute("title", lacks("patch statefulsets/scale"));
  await expect(scale).toBeDisabled();
  await page.getByRole("link", { name: "web", exact: true }).click();
  const login = rowOf(page, "web-0").getByRole("button", { name: say("pod.login"), exact: true });
  await expect(login).toBeDisabled();
  await expect(login).toHaveAttribute("title", lacks("create pods/exec"));

  // What holds in one namespace need not hold in all of them.
  await open(page, `/p/global/-/${sets}`);
  await expect(scale).toBeEnabled();
  await isForbidden(page, "/p/global/default/secrets");

  // Past the buttons: the cluster refuses, and says what.
  const answer = await page.evaluate(async () => {
    const session = (await (await fetch("/session")).json()) as { csrf: string };
    const body = JSON.stringify({ spec: { replicas: 9 } });
    const headers = { "Content-Type": "application/merge-patch+json", "X-Ordinal-CSRF": session.csrf };
    const at = "/clusters/global/apis/apps/v1/namespaces/default/statefulsets/web";
    const response = await fetch(at, { method: "PATCH", headers, body });
    return { code: response.status, text: await response.text() };
  });
  expect(answer.code).toBe(403);
  expect(answer.text).toContain("system:serviceaccount:default:reader");
  expect(read("default", "sts", "web")).toMatchObject({ spec: { replicas: 3 } });
});

test("tenant: a kubeconfig for one namespace", async ({ page }) => {
  await open(page, "/");
  await expect(page.getByRole("note")).toContainText("tenant");
  await expect(page).toHaveURL(/\/p\/global\/tenant\//);
  await open(page, `/p/global/tenant/${sets}/new`);
  await control(page, say("form.name")).fill("mine");
  const container = page.getByRole("region", { name: say("form.containers"), exact: true });
  await control(container, say("column.name")).fill("nginx");
  await control(container, say("form.image")).fill("docker.io/library/nginx");
  await page.getByRole("button", { name: say("form.create"), exact: true }).click();
  await expect(rowOf(page, "mine")).toContainText("1/1", { timeout: 90_000 });
  await rowOf(page, "mine")
    .getByRole("button", { name: say("sts.scale"), exact: true })
    .click();
  await control(page.getByRole("dialog"), say("form.replicas")).fill("2");
  await confirm(page, say("act.done"));
  await expect(rowOf(page, "mine")).toContainText("2/2", { timeout: 90_000 });
  expect(kubectl("-n", "tenant", "get", "pods", "-o", "name").trim().split("\n")).toHaveLength(2);

  await isForbidden(page, `/p/global/default/${sets}`);
});
