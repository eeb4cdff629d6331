import { isMap, isScalar, isSeq, type Node } from "yaml";
import type { Path } from "./openapi";

/** Where in a YAML text the cursor is, as far as completion needs to know it. */
export interface YamlPlace {
  apiVersion: string;
  kind: string;
  /** The object in which a field is typed, or the field whose value is typed. */
  path: Path;
  typing: "key" | "value";
  /** What was typed of the word already, and where it begins. */
  word: string;
  from: number;
  /** Fields that the object has already. */
  present: ReadonlySet<string>;
}

interface Line {
  /** Where the dashes of list items stand. */
  dashes: readonly number[];
  /** Where the key stands, and what it is. */
  column: number;
  key: string | undefined;
  rest: string;
  blank: boolean;
}

const keyPattern = /^("[^"]*"|'[^']*'|[^\s#:"'[\]{},][^:#]*?)\s*:(?=\s|$)(.*)$/;

function parse(text: string): Line {
  const dashes: number[] = [];
  let column = text.length - text.trimStart().length;
  while (/^-(\s|$)/.test(text.slice(column))) {
    dashes.push(column);
    const after = text.slice(column + 1);
    column += 1 + (after.length - after.trimStart().length);
    // A dash alone: what follows stands one place after the blank.
    if (after.trim() === "") column = Math.max(column, dashes.at(-1)! + 2);
  }
  const body = text.slice(column);
  const [, key, rest = ""] = keyPattern.exec(body) ?? [];
  const blank = text.trim() === "" || text.trimStart().startsWith("#");
  return { dashes, column, key: key?.replace(/^["']|["']$/g, ""), rest: rest.trimStart(), blank };
}

/**
 * Reads it from the indentation of the lines before, not from a parsed document: what is being typed is hardly ever whole. Lists and
 * maps in brackets, and texts over several lines, have no place.
 */
export function yamlPlace(text: string, position: number): YamlPlace | undefined {
  const lines = text.split("\n");
  const before = text.slice(0, position).split("\n");
  const row = before.length - 1;
  const typed = before[row] ?? "";
  const first = lines.slice(0, row).findLastIndex((line) => /^---(\s|$)/.test(line)) + 1;
  const end = lines.findIndex((line, i) => i > row && /^---(\s|$)/.test(line));
  const document = lines.slice(first, end < 0 ? undefined : end);
  const head = (name: string) => {
    const found = document.map((line) => new RegExp(`^${name}:\\s*["']?([^"'#\\s]+)`).exec(line)?.[1]);
    return found.find((value) => value !== undefined) ?? "";
  };
  const current = parse(typed);
  if (current.blank && typed.trim() !== "") return undefined;
  const value = current.key !== undefined;
  const above = ancestors(
    lines,
    first,
    row,
    value || typed.trim() !== "" ? current.column : typed.length,
    current.dashes,
  );
  if (!above) return undefined;
  const word = value ? current.rest : typed.slice(current.column).trimStart();
  if (/^[[{|>&*!]/.test(word) || (value && /\s#/.test(typed))) return undefined;
  const path = value ? [...above.path, current.key!] : above.path;
  return {
    apiVersion: head("apiVersion"),
    kind: head("kind"),
    path,
    typing: value ? "value" : "key",
    word,
    from: position - word.length,
    present: siblings(lines, row, above.column, above.first),
  };
}

/** The way from the document's top to the column, and the line with which the object there begins. */
function ancestors(lines: readonly string[], first: number, row: number, column: number, dashes: readonly number[]) {
  const path: (string | number)[] = [];
  let limit = column;
  let begin = row;
  // Of a list without indentation the key stands where its dashes stand.
  let listAt: number | undefined;
  const item = (dash: number, at: number) => {
    if (path.length === 0) begin = at;
    path.unshift(0);
    limit = dash;
    listAt = dash;
  };
  for (const dash of dashes.toReversed()) item(dash, row);
  for (let i = row - 1; i >= first && (limit > 0 || listAt === 0); i--) {
    const line = parse(lines[i] ?? "");
    if (line.blank) continue;
    const isParent =
      line.key !== undefined && (line.column < limit || (line.column === listAt && line.dashes.length === 0));
    if (isParent) {
      if (/^[|>]/.test(line.rest)) return undefined;
      // A key that has a value holds nothing below it.
      if (line.rest.trim() !== "" && !line.rest.startsWith("#") && !/^[&!]/.test(line.rest)) return undefined;
      if (path.length === 0) begin = i + 1;
      path.unshift(line.key!);
      limit = line.column;
      listAt = undefined;
    }
    for (const dash of line.dashes.toReversed()) if (dash < limit) item(dash, i);
  }
  return { path, column, first: path.length === 0 ? first : begin };
}

/** The keys that stand at the column from the object's first line on. */
function siblings(lines: readonly string[], row: number, column: number, first: number): ReadonlySet<string> {
  const keys = new Set<string>();
  for (let i = first; i < lines.length; i++) {
    const line = parse(lines[i] ?? "");
    if (/^---(\s|$)/.test(lines[i] ?? "")) break;
    if (line.blank) continue;
    const start = line.dashes[0] ?? line.column;
    if (i > first && start < column) break;
    if (i !== row && line.column === column && line.key !== undefined && (i === first || line.dashes.length === 0))
      keys.add(line.key);
  }
  return keys;
}

/** From where to where in the text the value at a path stands, or the name of its field; as near as there is anything. */
export function rangeIn(root: Node | null, path: Path, key: boolean): readonly [number, number] {
  let node: unknown = root;
  let name: Node | undefined;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((p) => isScalar(p.key) && String(p.key.value) === String(step));
      if (!pair) break;
      name = pair.key as Node;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      name = undefined;
    } else break;
  }
  const first = isMap(node) ? (node.items[0]?.key as Node | undefined) : undefined;
  const shown = key || !node ? (name ?? first ?? (node as Node | null)) : (node as Node);
  return shown?.range ? [shown.range[0], shown.range[1]] : [0, 0];
}
