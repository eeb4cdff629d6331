import { advanced } from "./advanced/section";
import { basics } from "./basics/section";
import { containers } from "./containers/section";
import type { Json } from "../../../parts/manifest";
import type { Manifest } from "./manifest";
import { replicas } from "./replicas/section";
import type { AnySection, Section } from "./section";
import { service } from "./service/section";
import { volumes } from "./volumes/section";

function any<V>(section: Section<V>): AnySection {
  const { id, title, shows, read, write, rules, Fields } = section;
  return {
    id,
    title,
    shows,
    read,
    write: (manifest, view) => write(manifest, view as V),
    rules: (manifest) => rules(read(manifest), manifest),
    Show: ({ manifest, edit, problem }) => (
      <Fields
        view={read(manifest)}
        manifest={manifest}
        problem={problem}
        change={(view) => edit((m) => write(m, view))}
      />
    ),
  };
}

/** The form, from top to bottom. */
export const sections: readonly AnySection[] = [
  any(basics),
  any(volumes),
  any(containers),
  any(replicas),
  any(advanced),
  any(service),
];

const always = ["apiVersion", "kind", "metadata.namespace", "spec.template.spec.restartPolicy"];

/** What stands in the StatefulSet that no part of the form shows: it is kept, and said. */
export function unseen(manifest: Manifest): string[] {
  const patterns = [...always, ...sections.flatMap((s) => s.shows)].map((p) => p.split("."));
  return leaves(manifest.set as Json, [])
    .filter(
      (path) =>
        !patterns.some((p) => p.length <= path.length && p.every((part, i) => part === "*" || part === path[i])),
    )
    .map((path) => path.join("."));
}

function leaves(value: Json, path: string[]): string[][] {
  if (Array.isArray(value)) return value.flatMap((item, i) => leaves(item, [...path, String(i)]));
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value);
    return entries.length === 0 ? [path] : entries.flatMap(([key, inner]) => leaves(inner, [...path, key]));
  }
  return [path];
}
