/** One condition of a search: an attribute and the words of which one must fit. */
interface SearchTag {
  attribute: "name" | "label" | "status";
  words: readonly string[];
}

/** How a search reads a row; it asks for what its conditions are about, and for nothing else. */
export interface Searchable<T> {
  name: (row: T) => string;
  labels: (row: T) => Readonly<Record<string, string>>;
  status: (row: T) => string;
}

const attributes: Readonly<Record<string, SearchTag["attribute"]>> = {
  name: "name",
  名称: "name",
  label: "label",
  labels: "label",
  标签: "label",
  status: "status",
  状态: "status",
};

/** `web|db` is a name; `label:app=web|tier`, `status:Ready` name their attribute. */
export function parseTag(text: string): SearchTag | undefined {
  const trimmed = text.trim();
  const [, head = "", rest = ""] = /^([^:：\s]+)\s*[:：](.*)$/.exec(trimmed) ?? [];
  const attribute = attributes[head.toLowerCase()];
  const words = (attribute ? rest : trimmed)
    .split("|")
    .map((word) => word.trim().toLowerCase())
    .filter(Boolean);
  return words.length > 0 ? { attribute: attribute ?? "name", words } : undefined;
}

export const tagText = (tag: SearchTag) => `${tag.attribute}:${tag.words.join("|")}`;

/** The rows that fit a search as the address has it: conditions, one a line. */
export function found<T>(rows: readonly T[], search: string, searchable: Searchable<T>): readonly T[] {
  const tags = search.split("\n").flatMap((text) => parseTag(text) ?? []);
  return tags.length === 0 ? rows : rows.filter((row) => matches(tags, row, searchable));
}

/** Any word within an attribute, every attribute together. */
const matches = <T>(tags: readonly SearchTag[], row: T, searchable: Searchable<T>) =>
  tags.every((tag) => tag.words.some((word) => fits(tag.attribute, word, row, searchable)));

function fits<T>(attribute: SearchTag["attribute"], word: string, row: T, searchable: Searchable<T>): boolean {
  switch (attribute) {
    case "name":
      return searchable.name(row).toLowerCase().includes(word);
    case "status":
      return searchable.status(row).toLowerCase().includes(word);
    case "label": {
      const [key = "", value] = word.split("=");
      return Object.entries(searchable.labels(row)).some(([k, v]) =>
        value === undefined
          ? `${k}=${v}`.toLowerCase().includes(key)
          : k.toLowerCase() === key && v.toLowerCase() === value,
      );
    }
  }
}
