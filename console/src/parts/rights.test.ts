import { expect, it } from "vitest";
import { known } from "../kube/path";
import { questionOf } from "./rights";

const pods = known.pods;

it("asks for the namespace that is shown", () => {
  expect(questionOf({ namespace: "shop" }, { verb: "create", resource: pods, subresource: "exec" })).toEqual({
    ...{ verb: "create", group: "", resource: "pods", subresource: "exec", namespace: "shop" },
  });
});

it("asks for one object where one is shown", () => {
  expect(questionOf({ namespace: "shop" }, { verb: "patch", resource: pods, name: "web-0" })?.name).toBe("web-0");
});

it("asks for the cluster where the kind has no namespaces, and holds nothing back in a list of all of them", () => {
  expect(questionOf({ namespace: "" }, { verb: "patch", resource: known.nodes })).toMatchObject({ resource: "nodes" });
  expect(questionOf({ namespace: "" }, { verb: "delete", resource: pods })).toBeUndefined();
});
