import { Document, isCollection, isMap, isSeq, type YAMLMap, type YAMLSeq } from "yaml";
import { equal, isTree, type Json, type Tree } from "../../../parts/manifest";
import { documentsOf, valueOf } from "../../../parts/yamlText";

export type { Tree };

export type Path = readonly (string | number)[];

/** The documents of one submission: the StatefulSet and what belongs to it. The text is the truth; the form only reads and edits it. */
export class Manifest {
  private current: Tree | undefined;

  private constructor(private readonly documents: Document[]) {}

  static parse(text: string): Manifest | { error: string } {
    const documents = documentsOf(text) as readonly Document[];
    for (const document of documents) {
      const read = valueOf(document);
      if ("error" in read) return read;
    }
    const manifest = new Manifest(documents.filter((d) => isMap(d.contents)));
    return manifest.document("StatefulSet") === undefined ? { error: "" } : manifest;
  }

  toString(): string {
    return this.documents
      .map((d) => d.toString({ lineWidth: 0, directives: false }).replace(/^---\n/, ""))
      .join("---\n");
  }

  /** All objects, as plain trees. */
  objects(): Tree[] {
    return this.documents.map((d) => d.toJS() as Tree);
  }

  /** The StatefulSet as it stands now. */
  get set(): Tree {
    this.current ??= this.setDocument().toJS() as Tree;
    return this.current;
  }

  find(kind: string, name?: string): Tree | undefined {
    return this.document(kind, name)?.toJS() as Tree | undefined;
  }

  /** Writes one value; undefined takes it away, and with it what became empty. What is equal is not touched. */
  put(path: Path, value: Json | undefined, document = this.setDocument()): void {
    const before = plain(document.getIn(path));
    if (value === undefined ? before === undefined : before !== undefined && equal(before, value)) return;
    this.current = undefined;
    if (value === undefined) return prune(document, path);
    const created = typeof value === "object" && value !== null ? document.createNode(value) : value;
    makeParents(document, path);
    document.setIn(path, created);
  }

  /**
   * A list whose items remember where they stood: those that are gone are removed, new ones come where the view has them, and of
   * the others only what `write` writes changes, so that what the form does not know survives.
   */
  putList<T extends { at?: number }>(
    path: Path,
    items: readonly T[],
    write: (path: Path, item: T) => void,
    document = this.setDocument(),
  ): void {
    const list = document.getIn(path);
    const length = isSeq(list) ? list.items.length : 0;
    const kept = new Set(items.flatMap((item) => item.at ?? []));
    for (let i = length - 1; i >= 0; i--) if (!kept.has(i)) document.deleteIn([...path, i]);
    this.current = undefined;
    for (const [i, item] of items.entries()) {
      if (item.at === undefined) insert(document, path, i);
      write([...path, i], item);
    }
    if (items.length === 0 && length > 0) prune(document, path);
    this.current = undefined;
  }

  /** Makes sure that an object is there, before the StatefulSet as its author would write it. */
  ensure(kind: string, name: string, start: Tree): Document {
    const present = this.document(kind, name);
    if (present) return present;
    const made = new Document(start);
    this.documents.splice(this.documents.indexOf(this.setDocument()), 0, made);
    return made;
  }

  drop(kind: string, name: string): void {
    const present = this.document(kind, name);
    if (present) this.documents.splice(this.documents.indexOf(present), 1);
  }

  document(kind: string, name?: string): Document | undefined {
    return this.documents.find(
      (d) => d.get("kind") === kind && (name === undefined || d.getIn(["metadata", "name"]) === name),
    );
  }

  private setDocument(): Document {
    return this.document("StatefulSet")!;
  }
}

const plain = (node: unknown): Json | undefined =>
  typeof node === "object" && node !== null && "toJSON" in node
    ? ((node as YAMLMap).toJSON() as Json)
    : (node as Json | undefined);

function makeParents(document: Document, path: Path): void {
  for (let depth = 1; depth < path.length; depth++) {
    const at = path.slice(0, depth);
    const value = document.getIn(at);
    if (isCollection(value)) continue;
    document.setIn(at, document.createNode(typeof path[depth] === "number" ? [] : {}));
  }
}

function insert(document: Document, path: Path, index: number): void {
  makeParents(document, [...path, index]);
  (document.getIn(path) as YAMLSeq).items.splice(index, 0, document.createNode({}));
}

function prune(document: Document, path: Path): void {
  document.deleteIn(path);
  for (let depth = path.length - 1; depth > 1; depth--) {
    const at = path.slice(0, depth);
    const parent = document.getIn(at);
    // An item of a list stays, also when it is empty: its neighbours must keep their places.
    if (!isMap(parent) || parent.items.length > 0 || typeof at.at(-1) === "number") return;
    document.deleteIn(at);
  }
}

export function at(tree: Json | undefined, ...path: Path): Json | undefined {
  let value: Json | undefined = tree;
  for (const key of path) {
    if (Array.isArray(value)) value = value[Number(key)];
    else if (typeof value === "object" && value !== null) value = value[key];
    else return undefined;
  }
  return value;
}

export const text = (value: Json | undefined): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";
/** Each item at its place; one that is no object, as somebody types it just now, is an empty one. */
export const list = (value: Json | undefined): Tree[] =>
  Array.isArray(value) ? value.map((v) => (isTree(v) ? v : {})) : [];
export const texts = (value: Json | undefined): string[] => (Array.isArray(value) ? value.map(String) : []);
export const strings = (value: Json | undefined): Record<string, string> =>
  isTree(value) ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, String(v)])) : {};
/** Empty is absent; digits are a number, as the API wants it. */
export const orNothing = (value: string): string | undefined => (value === "" ? undefined : value);
export const numberOrText = (value: string): Json | undefined =>
  value === "" ? undefined : /^-?\d+$/.test(value) ? Number(value) : value;

/** What a container of the set can mount. */
export const volumeNames = (set: Tree): string[] => [
  ...list(at(set, "spec", "template", "spec", "volumes")).map((v) => text(v["name"])),
  ...list(at(set, "spec", "volumeClaimTemplates")).map((v) => text(at(v, "metadata", "name"))),
];
