import { describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import { rangeIn, yamlPlace } from "./yamlPlace";

/** The place of the bar. */
const at = (text: string) => yamlPlace(text.replace("|", ""), text.indexOf("|"));
const head = "apiVersion: apps/v1\nkind: StatefulSet\n";

describe("the place of the cursor", () => {
  it("at the top is the object itself", () => {
    expect(at(`${head}sp|`)).toMatchObject({
      apiVersion: "apps/v1",
      kind: "StatefulSet",
      path: [],
      typing: "key",
      word: "sp",
      present: new Set(["apiVersion", "kind"]),
    });
  });

  it("in an object is its path, with the fields that it has, above and below", () => {
    const place = at(`${head}spec:\n  replicas: 1\n  ser|\n  selector:\n    matchLabels: {}\nstatus: {}\n`);
    expect(place).toMatchObject({ path: ["spec"], word: "ser", present: new Set(["replicas", "selector"]) });
  });

  it("on an empty line is where its blanks are", () => {
    expect(at(`${head}spec:\n  template:\n    spec:\n      |`)?.path).toEqual(["spec", "template", "spec"]);
    expect(at(`${head}spec:\n  template:\n  |`)?.path).toEqual(["spec"]);
  });

  it.each([
    ["indented", "spec:\n  containers:\n    - name: a\n    - name: b\n      im|"],
    ["not indented", "spec:\n  containers:\n  - name: a\n  - name: b\n    im|"],
  ])("in an item of a list (%s) knows that item's fields alone", (_, text) => {
    expect(at(head + text)).toMatchObject({ path: ["spec", "containers", 0], word: "im", present: new Set(["name"]) });
  });

  it("after a dash is a new item", () => {
    expect(at(`${head}spec:\n  containers:\n    - na|`)).toMatchObject({ path: ["spec", "containers", 0], word: "na" });
    expect(at(`${head}spec:\n  containers:\n    - |`)).toMatchObject({ path: ["spec", "containers", 0], word: "" });
  });

  it("below a field of an item is inside of it", () => {
    const text = `${head}spec:\n  containers:\n    - name: a\n      resources:\n        li|`;
    expect(at(text)?.path).toEqual(["spec", "containers", 0, "resources"]);
    expect(at(`${head}spec:\n  containers:\n    - resources:\n        li|`)?.path).toEqual([
      "spec",
      "containers",
      0,
      "resources",
    ]);
  });

  it("after a colon is a value", () => {
    expect(at(`${head}spec:\n  podManagementPolicy: Par|`)).toMatchObject({
      path: ["spec", "podManagementPolicy"],
      typing: "value",
      word: "Par",
    });
    expect(at(`${head}spec:\n  containers:\n    - tty: |`)).toMatchObject({
      path: ["spec", "containers", 0, "tty"],
      word: "",
    });
  });

  it("belongs to its own document", () => {
    const text = `apiVersion: v1\nkind: Service\nspec:\n  type: NodePort\n---\n${head}sp|\n---\napiVersion: v1\nkind: Secret\n`;
    expect(at(text)).toMatchObject({ kind: "StatefulSet", path: [], present: new Set(["apiVersion", "kind"]) });
  });

  it("is nowhere in comments, in texts over several lines, and in brackets", () => {
    expect(at(`${head}# sp|`)).toBeUndefined();
    expect(at(`${head}data:\n  script: |-\n    echo na`.replace("|-", ">-") + "|")).toBeUndefined();
    expect(at(`${head}metadata: {na|`)).toBeUndefined();
    expect(at(`${head}spec:\n  replicas: 1\n    na|`)).toBeUndefined();
  });

  it("skips comments and blank lines above", () => {
    expect(at(`${head}spec:\n\n# why\n  re|`)?.path).toEqual(["spec"]);
  });
});

describe("where a fault is shown", () => {
  const text = "spec:\n  replicas: x\n  list:\n    - name: a\n      bad: 1\n";
  const shown = (path: (string | number)[], key: boolean) => {
    const [from, to] = rangeIn(parseDocument(text).contents, path, key);
    return text.slice(from, to);
  };

  it("is the value, or the name of the field", () => {
    expect(shown(["spec", "replicas"], false)).toBe("x");
    expect(shown(["spec", "list", 0, "bad"], true)).toBe("bad");
  });

  it("is the first name where an item lacks something, and the nearest thing when there is nothing", () => {
    expect(shown(["spec", "list", 0], true)).toBe("name");
    expect(shown([], true)).toBe("spec");
    expect(shown(["spec", "gone"], true)).toBe("spec");
  });
});
