import { isTree, type Json, type Tree } from "./manifest";

/** What the console reads of a schema in OpenAPI version 3, as clusters publish it. */
export interface Schema {
  $ref?: string;
  allOf?: Schema[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  type?: string;
  format?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: Schema | boolean;
  enum?: Json[];
  default?: Json;
  nullable?: boolean;
  "x-kubernetes-preserve-unknown-fields"?: boolean;
  "x-kubernetes-int-or-string"?: boolean;
  "x-kubernetes-group-version-kind"?: { group: string; version: string; kind: string }[];
}

export interface OpenApiDocument {
  components?: { schemas?: Record<string, Schema> };
}

export type Path = readonly (string | number)[];

/** The schemas of one group and version, followed through their references. */
export class Schemas {
  constructor(private readonly document: OpenApiDocument) {}

  /** The schema of a kind; undefined when the cluster publishes none. */
  kind(apiVersion: string, kind: string): Schema | undefined {
    const [version = "", group = ""] = apiVersion.split("/").reverse();
    return Object.values(this.document.components?.schemas ?? {}).find((schema) =>
      schema["x-kubernetes-group-version-kind"]?.some(
        (of) => of.kind === kind && of.group === group && of.version === version,
      ),
    );
  }

  /** What stands behind a reference, with what the referring place says itself on top. */
  whole(schema: Schema | undefined): Schema | undefined {
    let result = schema;
    // Schemas that end in themselves are of no use, but nobody may hang for them.
    for (let depth = 0; result && depth < 10; depth++) {
      const { $ref, allOf, ...own } = result;
      const [only] = allOf?.length === 1 ? allOf : [];
      if ($ref) result = { ...this.named($ref), ...own };
      else if (only) result = { ...only, ...own };
      else return result;
    }
    return result;
  }

  /** The schema of what stands at a path. */
  at(root: Schema | undefined, path: Path): Schema | undefined {
    let schema = this.whole(root);
    for (const key of path) {
      if (typeof key === "number") schema = this.whole(schema?.items);
      else {
        const more = schema?.additionalProperties;
        schema = this.whole(schema?.properties?.[key] ?? (typeof more === "object" ? more : undefined));
      }
    }
    return schema;
  }

  private named(ref: string): Schema | undefined {
    const name = ref.split("/").pop() ?? "";
    return this.document.components?.schemas?.[decodeURIComponent(name.replaceAll("~1", "/").replaceAll("~0", "~"))];
  }
}

type Shape = "object" | "array" | "string" | "number" | "integer" | "boolean";

/** What a value may be; several when the schema allows it, none when it does not say. */
export function shapes(schema: Schema): readonly Shape[] {
  if (schema["x-kubernetes-int-or-string"] || schema.format === "int-or-string") return ["integer", "string"];
  const several = schema.oneOf ?? schema.anyOf;
  if (several) return several.flatMap((each) => (each.type ? [each.type as Shape] : []));
  if (schema.type) return [schema.type as Shape];
  return schema.properties ? ["object"] : [];
}

export interface Fault {
  path: Path;
  /** About the name of the field, not its value. */
  key: boolean;
  kind: "unknown" | "type" | "missing" | "enum";
  /** The field, the expected shapes, the missing fields, the allowed values. */
  said: string;
}

/** What the schema finds wrong with a value: fields that do not exist or are missing, values of the wrong type. */
export function faults(schemas: Schemas, root: Schema | undefined, value: Json): Fault[] {
  const found: Fault[] = [];
  visit(schemas, schemas.whole(root), value, [], found);
  return found;
}

function visit(schemas: Schemas, schema: Schema | undefined, value: Json, path: Path, found: Fault[]): void {
  // A null is a field that was left out.
  if (!schema || value === null) return;
  const wanted = shapes(schema);
  if (wanted.length > 0 && !wanted.some((shape) => fits(shape, value))) {
    found.push({ path, key: false, kind: "type", said: wanted.join(" | ") });
    return;
  }
  if (schema.enum && !schema.enum.includes(value)) {
    found.push({ path, key: false, kind: "enum", said: schema.enum.map(String).join(", ") });
  }
  if (Array.isArray(value))
    value.forEach((item, i) => visit(schemas, schemas.at(schema, [i]), item, [...path, i], found));
  else if (isTree(value)) fields(schemas, schema, value, path, found);
}

function fields(schemas: Schemas, schema: Schema, value: Tree, path: Path, found: Fault[]): void {
  const missing = (schema.required ?? []).filter((key) => value[key] === undefined || value[key] === null);
  if (missing.length > 0) found.push({ path, key: true, kind: "missing", said: missing.join(", ") });
  const open =
    !schema.properties || schema.additionalProperties || schema["x-kubernetes-preserve-unknown-fields"] === true;
  for (const [key, child] of Object.entries(value)) {
    const below = schemas.at(schema, [key]);
    if (below) visit(schemas, below, child, [...path, key], found);
    else if (!open) found.push({ path: [...path, key], key: true, kind: "unknown", said: key });
  }
}

function fits(shape: Shape, value: Json): boolean {
  switch (shape) {
    case "object":
      return isTree(value);
    case "array":
      return Array.isArray(value);
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === shape;
  }
}

export interface Offer {
  label: string;
  /** What is written; deeper lines are indented under the word. */
  apply: string;
  detail: string;
  info: string;
  required: boolean;
}

/** The fields that may stand in an object and do not yet. */
export function fieldOffers(schemas: Schemas, schema: Schema | undefined, present: ReadonlySet<string>): Offer[] {
  const required = new Set(schema?.required);
  return Object.keys(schema?.properties ?? {})
    .filter((key) => !present.has(key))
    .map((key) => {
      const field = schemas.at(schema, [key]) ?? {};
      const [shape = "object"] = shapes(field);
      const after = { object: ":\n  ", array: ":\n  - " }[shape as string] ?? ": ";
      return {
        label: key,
        apply: `${key}${after}`,
        detail: typeText(schemas, field),
        info: field.description ?? "",
        required: required.has(key),
      };
    });
}

/** The values that a field may have, where they are few. */
export function valueOffers(schema: Schema | undefined): string[] {
  if (!schema) return [];
  if (schema.enum) return schema.enum.map(String);
  return shapes(schema).includes("boolean") ? ["true", "false"] : [];
}

function typeText(schemas: Schemas, schema: Schema): string {
  if (schema.type === "array") return `${typeText(schemas, schemas.whole(schema.items) ?? {})}[]`;
  return shapes(schema).join(" | ") || "object";
}
