/** One condition of a search: an attribute and the words of which one must fit. */
interface SearchTag {
  attribute: "name" | "label" | "status";
  words: readonly string[];
}

interface Searchable {
  name: string;
  labels: Readonly<Record<string, string>>;
  status: string;
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
export function found<T>(rows: readonly T[], search: string, searchable: (row: T) => Searchable): readonly T[] {
  const tags = search.split("\n").flatMap((text) => parseTag(text) ?? []);
  return tags.length === 0 ? rows : rows.filter((row) => matches(tags, searchable(row)));
}

/** Any word within an attribute, every attribute together. */
export const matches = (tags: readonly SearchTag[], what: Searchable) =>
  tags.every((tag) => tag.words.some((word) => fits(tag.attribute, word, what)));

function fits(attribute: SearchTag["attribute"], word: string, what: Searchable): boolean {
  switch (attribute) {
    case "name":
      return what.name.toLowerCase().includes(word);
    case "status":
      return what.status.toLowerCase().includes(word);
    case "label": {
      const [key = "", value] = word.split("=");
      return Object.entries(what.labels).some(([k, v]) =>
        value === undefined
          ? `${k}=${v}`.toLowerCase().includes(key)
          : k.toLowerCase() === key && v.toLowerCase() === value,
      );
    }
  }
}
