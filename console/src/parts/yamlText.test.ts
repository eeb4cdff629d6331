import { expect, it } from "vitest";
import { documentsOf, valueOf } from "./yamlText";

it("reads each document", () => {
  expect(documentsOf("a: 1\n---\n- b\n").map(valueOf)).toEqual([{ value: { a: 1 } }, { value: ["b"] }]);
  expect(documentsOf("")).toEqual([]);
});

it.each(["a: [", "a: *nowhere", "path: *.log"])("says what is wrong with %s", (text) => {
  expect(documentsOf(text).map(valueOf)).toEqual([{ error: expect.stringMatching(/./) as string }]);
});
