import { expect, it } from "vitest";
import { businessId, namespaceProblem } from "./names";

it("a business is named prj- and eight letters", () => {
  expect(businessId(new Uint8Array(8))).toBe("prj-aaaaaaaa");
  expect(businessId(Uint8Array.of(0, 37, 74, 111, 148, 185, 222, 7))).toBe("prj-abcdefgh");
});

it.each(["shop", "a", "a-1", "x".repeat(48), "prj-shop"])("%s may be a namespace of a business", (name) =>
  expect(namespaceProblem(name)).toBeUndefined(),
);

it.each([
  ["", "rule.required"],
  ["x".repeat(49), "business.nameRule"],
  ["1shop", "business.nameRule"],
  ["shop-", "business.nameRule"],
  ["Shop", "business.nameRule"],
  ["my.shop", "business.nameRule"],
  ["kube-shop", "business.nameReserved"],
  ["default", "business.nameReserved"],
  ["ordinal-system", "business.nameReserved"],
  ["prj-abcdefgh", "business.nameReserved"],
])("%j may not: %s", (name, problem) => expect(namespaceProblem(name)).toBe(problem));
