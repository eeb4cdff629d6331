import { expect, it } from "vitest";
import { afterLogin } from "./afterLogin";

it.each(["/", "/p/clusters", "/b/prj-a/pods?q=a%20b"])("goes to %j", (to) => expect(afterLogin(to)).toBe(to));

it.each([
  null,
  "",
  "x",
  "//x.example",
  "/\\x.example",
  "/\t/x.example",
  "/\n\\x.example",
  "/login?to=/b",
  "https://x.example",
])("goes home instead of %j", (to) => expect(afterLogin(to)).toBe("/"));
