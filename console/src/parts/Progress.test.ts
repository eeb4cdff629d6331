import { expect, it } from "vitest";
import { runSteps, type Outcome } from "./Progress";

const steps = (run: (name: string) => Promise<unknown>): Outcome[] =>
  ["a", "b", "c"].map((name) => ({ step: { name, run: () => run(name) }, result: "waiting" }));
const words = (outcomes: readonly Outcome[]) =>
  outcomes.map(({ result }) => (typeof result === "object" ? "failed" : result));

it("goes on after a step that failed, and the next try repeats only that", async () => {
  const ran: string[] = [];
  let broken = true;
  const all = steps((name) => {
    ran.push(name);
    return name === "b" && broken ? Promise.reject(new Error("no")) : Promise.resolve();
  });
  const first = await runSteps(
    all,
    () => {},
    () => true,
  );
  expect(words(first)).toEqual(["done", "failed", "done"]);
  broken = false;
  const second = await runSteps(
    first,
    () => {},
    () => true,
  );
  expect(words(second)).toEqual(["done", "done", "done"]);
  expect(ran).toEqual(["a", "b", "c", "b"]);
});

it("stops after the step that runs when it is closed", async () => {
  let open = true;
  const close = () => {
    open = false;
    return Promise.resolve();
  };
  const after = await runSteps(
    steps(close),
    () => {},
    () => open,
  );
  expect(words(after)).toEqual(["done", "waiting", "waiting"]);
});
