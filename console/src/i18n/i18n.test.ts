import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { en } from "./en";
import type { Key } from "./text";
import { zh } from "./zh";

const keys = Object.keys(en) as Key[];
const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();

it("both languages have the same texts with the same places", () => {
  expect(Object.keys(zh).sort()).toEqual([...keys].sort());
  expect(keys.filter((k) => String(places(en[k])) !== String(places(zh[k])))).toEqual([]);
});

it("English is free of Chinese, and no text is empty", () => {
  expect(keys.filter((k) => k !== "frame.otherLanguage" && /[\u3000-\u9fff]/.test(en[k]))).toEqual([]);
  expect(keys.filter((k) => en[k].trim() === "" || zh[k].trim() === "")).toEqual([]);
});

/** A string or text in the code that holds Chinese, be it a comma, was forgotten; comments may quote the guide, and searches take its words. */
it("no Chinese stands outside of the language files", () => {
  const root = join(import.meta.dirname, "..");
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
    (f) => /\.tsx?$/.test(f) && !f.startsWith("i18n") && !f.includes("test"),
  );
  const found = files.flatMap((file) =>
    readFileSync(join(root, file), "utf8")
      .split("\n")
      .filter((line) => !/^\s*(\/\/|\/?\*)/.test(line) && /[\u3000-\u9fff\uff00-\uffef]/.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(found.filter((line) => !line.startsWith(join("parts", "search.ts")))).toEqual([]);
});

it("every text is used", () => {
  const root = join(import.meta.dirname, "..");
  const code = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((f) => /\.tsx?$/.test(f) && !f.startsWith(join("i18n", "en")) && !f.startsWith(join("i18n", "zh")))
    .map((f) => readFileSync(join(root, f), "utf8"))
    .join("\n");
  const made = [...code.matchAll(/t\(`([\w.]+)\$\{/g)].map((m) => m[1]!);
  expect(keys.filter((k) => !code.includes(`"${k}"`) && !made.some((start) => k.startsWith(start)))).toEqual([]);
});
