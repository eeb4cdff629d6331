import { expect, it } from "vitest";
import { insist } from "./later";

const failing = (times: number) => {
  let left = times;
  return () => (left-- > 0 ? Promise.reject(new TypeError("Failed to fetch")) : Promise.resolve("loaded"));
};

it("loads again what a broken connection kept from coming", async () => {
  expect(await insist(failing(3), [0, 0, 0])).toBe("loaded");
});

it("gives up with the reason", async () => {
  await expect(insist(failing(4), [0, 0, 0])).rejects.toThrow("Failed to fetch");
});
