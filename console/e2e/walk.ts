import { expect, type Page } from "@playwright/test";
import { exists, inside, kubectl, read } from "./cluster";
import type { Say } from "./language";
import { confirm, control, more, part, rowOf, toSets } from "./steps";

const image = "docker.io/library/nginx";

/** One StatefulSet from its form to its end, as somebody would go who follows the guide; begins on the page that lists them. */
export class Walk {
  constructor(
    private readonly page: Page,
    private readonly say: Say,
    private readonly namespace: string,
    private readonly name: string,
  ) {}

  async all(): Promise<void> {
    await this.create();
    await this.podsRun();
    await this.logs();
    await this.terminal();
    await this.editYaml();
    await this.updateImage();
    await this.rollBack();
    await this.scale();
    await this.delete();
  }

  /** 新建 → 新建Workload: what must be filled in, a volume, a variable, a Service. */
  private async create(): Promise<void> {
    const { page, say } = this;
    await page.getByRole("link", { name: say("act.create"), exact: true }).click();
    await expect(page.getByRole("heading", { name: say("form.title"), exact: true })).toBeVisible();
    await control(part(page, say("fact.basic")), say("form.name")).fill(this.name);
    await expect(part(page, say("fact.basic"))).toContainText(this.namespace);
    await page.getByRole("button", { name: say("form.addVolume") }).click();
    await control(page, say("form.volumeType")).selectOption("emptyDir");
    const container = part(page, say("form.containers"));
    await control(container, say("column.name")).fill("nginx");
    await control(container, say("form.image")).fill(image);
    await control(container, say("form.tag")).fill("latest");
    await container.getByRole("button", { name: say("form.addMount") }).click();
    await control(container, say("form.mountPath")).fill("/data");
    await container.getByRole("button", { name: say("data.add") }).click();
    await control(container, say("data.key")).fill("_MODE");
    await control(container, say("data.value")).fill("fast");
    await control(page, say("form.manual")).fill("2");
    await control(page, say("service.enable")).check();
    await page.getByRole("button", { name: say("form.create"), exact: true }).click();
    await expect(page.getByText(say("form.created"))).toBeVisible();
  }

  private async podsRun(): Promise<void> {
    const { page, say, namespace, name } = this;
    await expect(rowOf(page, name)).toContainText("2/2", { timeout: 90_000 });
    await page.getByRole("link", { name, exact: true }).click();
    await expect(page.getByText(say("sts.rolloutDone"))).toBeVisible();
    for (const pod of [`${name}-0`, `${name}-1`]) {
      await expect(rowOf(page, pod)).toContainText("Running");
      expect(inside(namespace, pod, "nginx", 'echo "$_MODE"; ls -d /data')).toBe("fast\n/data");
    }
    expect(read(namespace, "service", name)).toMatchObject({ spec: { selector: { app: name } } });
  }

  /** A line that the container prints while the page is open. */
  private async logs(): Promise<void> {
    const { page, say, namespace, name } = this;
    await page.getByRole("tab", { name: say("tab.logs"), exact: true }).click();
    const logs = page.locator("pre.logs");
    inside(namespace, `${name}-0`, "nginx", "echo said just now >/proc/1/fd/1");
    await expect(logs).toContainText("said just now");
    await control(page, say("log.timestamps")).check();
    await expect(logs).toContainText(/\d{4}-\d\d-\d\dT[\d:.]+Z said just now/);
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: say("log.download"), exact: true }).click(),
    ]);
    expect(file.suggestedFilename()).toBe(`${name}-0_nginx.log`);
  }

  private async terminal(): Promise<void> {
    const { page, say, name } = this;
    await page.getByRole("tab", { name: say("sts.tabPods"), exact: true }).click();
    await rowOf(page, `${name}-1`)
      .getByRole("button", { name: say("pod.login") })
      .click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: say("terminal.login"), exact: true }).click();
    await expect(dialog.getByRole("status")).toHaveText(say("terminal.connected"));
    const screen = dialog.locator(".xterm-rows");
    const type = async (command: string) => {
      await page.keyboard.type(command);
      await page.keyboard.press("Enter");
    };
    await type('echo "$(hostname) counts $((40 + 2))"');
    await expect(screen).toContainText(`${name}-1 counts 42`);
    const columns = async (marker: string) => {
      await type(`echo ${marker} $(stty size)`);
      await expect(screen).toContainText(new RegExp(`${marker} \\d+ \\d+`));
      return Number(new RegExp(`${marker} \\d+ (\\d+)`).exec((await screen.textContent()) ?? "")?.[1]);
    };
    const wide = await columns("wide");
    const size = page.viewportSize()!;
    await page.setViewportSize({ width: 800, height: size.height });
    let asked = 0;
    await expect.poll(() => columns(`narrow-${++asked}:`)).toBeLessThan(wide);
    await page.setViewportSize(size);
    await type("exit");
    await expect(dialog.getByRole("status")).toContainText(say("terminal.ended"));
    await dialog.getByRole("button", { name: say("act.close"), exact: true }).click();
  }

  /** 更多 → 编辑YAML → 完成. */
  private async editYaml(): Promise<void> {
    const { page, say, name, namespace } = this;
    await toSets(page, say);
    await more(page, say, name, say("act.editYaml"));
    const editor = page.locator(".cm-content");
    await editor
      .locator(".cm-line")
      .filter({ hasText: /^ +memory: 1Gi$/ })
      .click();
    await page.keyboard.press("End");
    for (const _ of "1Gi") await page.keyboard.press("Backspace");
    await page.keyboard.type("512Mi");
    await page.getByRole("button", { name: say("act.done"), exact: true }).click();
    await expect(page.getByRole("dialog")).toContainText("memory: 512Mi");
    await confirm(page, say("yaml.confirm"));
    await expect(rowOf(page, name)).toBeVisible();
    expect(read(namespace, "sts", name)).toMatchObject({
      spec: { template: { spec: { containers: [{ resources: { limits: { memory: "512Mi" } } }] } } },
    });
    this.isRolledOut();
  }

  private async updateImage(): Promise<void> {
    const { page, say, name } = this;
    await rowOf(page, name)
      .getByRole("button", { name: say("sts.image"), exact: true })
      .click();
    await control(page.getByRole("dialog"), "nginx").fill(`${image}:stable`);
    await confirm(page, say("act.done"));
    this.isRolledOut();
    expect(this.images()).toBe(`${image}:stable ${image}:stable`);
  }

  private async rollBack(): Promise<void> {
    const { page, say, name } = this;
    await page.getByRole("link", { name, exact: true }).click();
    await page.getByRole("tab", { name: say("sts.tabRevisions"), exact: true }).click();
    const before = page
      .getByRole("row")
      .filter({ hasText: `${image}:latest` })
      .first();
    await before.getByRole("button", { name: say("revision.rollback"), exact: true }).click();
    await expect(page.getByRole("dialog")).toContainText(`${image}:latest`);
    await confirm(page, say("revision.rollback"));
    this.isRolledOut();
    await expect(page.locator("main")).not.toContainText(say("sts.rolloutRunning"));
    expect(this.images()).toBe(`${image}:latest ${image}:latest`);
  }

  private async scale(): Promise<void> {
    const { page, say, name } = this;
    await toSets(page, say);
    await rowOf(page, name)
      .getByRole("button", { name: say("sts.scale"), exact: true })
      .click();
    await control(page.getByRole("dialog"), say("form.replicas")).fill("3");
    await confirm(page, say("act.done"));
    await expect(rowOf(page, name)).toContainText("3/3", { timeout: 90_000 });
  }

  /** The Services that the form made are shown with it, and go with it when they are ticked. */
  private async delete(): Promise<void> {
    const { page, say, name, namespace } = this;
    await more(page, say, name, say("act.delete"));
    const dialog = page.getByRole("dialog");
    for (const service of [name, `${name}-headless`])
      await dialog.getByRole("checkbox", { name: `Service ${service}`, exact: true }).check();
    await confirm(page, say("act.delete"));
    await expect(rowOf(page, name)).toHaveCount(0, { timeout: 90_000 });
    for (const service of [name, `${name}-headless`]) expect(exists(namespace, "service", service)).toBe(false);
  }

  private images(): string {
    return kubectl(
      ...["-n", this.namespace, "get", "pods", "-l", `app=${this.name}`],
      ...["-o", "jsonpath={.items[*].spec.containers[0].image}"],
    );
  }

  private isRolledOut(): void {
    kubectl("-n", this.namespace, "rollout", "status", `sts/${this.name}`, "--timeout=120s");
  }
}
