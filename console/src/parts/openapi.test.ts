import { describe, expect, it } from "vitest";
import { faults, fieldOffers, Schemas, valueOffers } from "./openapi";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** As clusters publish it: references with words of their own around them, quantities, int-or-string, maps. */
const schemas = new Schemas({
  components: {
    schemas: {
      Set: {
        type: "object",
        "x-kubernetes-group-version-kind": [{ group: "apps", version: "v1", kind: "StatefulSet" }],
        properties: {
          apiVersion: { type: "string" },
          kind: { type: "string" },
          spec: { description: "What is wanted", default: {}, allOf: [ref("Spec")] },
        },
      },
      Spec: {
        type: "object",
        required: ["serviceName"],
        properties: {
          replicas: { type: "integer", description: "How many" },
          serviceName: { type: "string" },
          paused: { type: "boolean" },
          policy: { type: "string", enum: ["OrderedReady", "Parallel"] },
          containers: { type: "array", items: { allOf: [ref("Container")] } },
          limits: { type: "object", additionalProperties: ref("Quantity") },
          most: ref("IntOrString"),
          free: { type: "object", "x-kubernetes-preserve-unknown-fields": true, properties: { a: { type: "string" } } },
          any: {},
        },
      },
      Container: {
        type: "object",
        required: ["name"],
        properties: { name: { type: "string" }, tty: { type: "boolean" } },
      },
      Quantity: { oneOf: [{ type: "string" }, { type: "number" }] },
      IntOrString: { format: "int-or-string", oneOf: [{ type: "integer" }, { type: "string" }] },
      Loop: ref("Loop"),
    },
  },
});
const kind = schemas.kind("apps/v1", "StatefulSet");
const found = (spec: object) =>
  faults(schemas, kind, { apiVersion: "apps/v1", kind: "StatefulSet", spec: spec as never }).map(
    (f) => `${f.path.join(".")} ${f.kind}: ${f.said}`,
  );

describe("a schema", () => {
  it("is found by group, version and kind", () => {
    expect(kind).toBeDefined();
    expect(schemas.kind("apps/v2", "StatefulSet")).toBeUndefined();
    expect(schemas.kind("v1", "StatefulSet")).toBeUndefined();
  });

  it("is followed through references, lists and maps, and keeps the words of the referring place", () => {
    expect(schemas.at(kind, ["spec"])?.description).toBe("What is wanted");
    expect(schemas.at(kind, ["spec", "containers", 7, "tty"])?.type).toBe("boolean");
    expect(schemas.at(kind, ["spec", "limits", "cpu"])?.oneOf).toHaveLength(2);
    expect(schemas.at(kind, ["spec", "nothing", "below"])).toBeUndefined();
  });

  it("that ends in itself ends", () => {
    expect(() => schemas.whole(ref("Loop"))).not.toThrow();
  });
});

describe("checks", () => {
  it("find nothing in what is right", () => {
    expect(
      found({
        serviceName: "web",
        replicas: 3,
        policy: "Parallel",
        containers: [{ name: "a", tty: true }],
        limits: { cpu: 1, memory: "1Gi" },
        most: "25%",
        free: { b: 1 },
        any: { c: [1] },
        paused: null,
      }),
    ).toEqual([]);
  });

  it("find unknown fields, wrong types, missing fields and values that are not allowed, each at its place", () => {
    expect(
      found({
        replicas: "3",
        policy: "Serial",
        containers: [{ name: "a" }, { nmae: "b" }],
        limits: { cpu: true },
        most: 1.5,
        any: 1,
        colour: "red",
      }),
    ).toEqual([
      "spec missing: serviceName",
      "spec.replicas type: integer",
      "spec.policy enum: OrderedReady, Parallel",
      "spec.containers.1 missing: name",
      "spec.containers.1.nmae unknown: nmae",
      "spec.limits.cpu type: string | number",
      "spec.most type: integer | string",
      "spec.colour unknown: colour",
    ]);
  });

  it("say nothing where there is no schema", () => {
    expect(faults(schemas, undefined, { a: 1 })).toEqual([]);
  });
});

describe("completion", () => {
  it("offers the fields that are not there yet, with what comes after them", () => {
    const offers = fieldOffers(
      schemas,
      schemas.at(kind, ["spec"]),
      new Set(["replicas", "policy", "most", "free", "any"]),
    );
    expect(offers.map((o) => [o.apply, o.detail, o.required])).toEqual([
      ["serviceName: ", "string", true],
      ["paused: ", "boolean", false],
      ["containers:\n  - ", "object[]", false],
      ["limits:\n  ", "object", false],
    ]);
  });

  it("offers values where they are few", () => {
    expect(valueOffers(schemas.at(kind, ["spec", "policy"]))).toEqual(["OrderedReady", "Parallel"]);
    expect(valueOffers(schemas.at(kind, ["spec", "paused"]))).toEqual(["true", "false"]);
    expect(valueOffers(schemas.at(kind, ["spec", "replicas"]))).toEqual([]);
    expect(valueOffers(undefined)).toEqual([]);
  });
});
