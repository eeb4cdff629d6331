import { describe, expect, it } from "vitest";
import type { BusinessNamespace, Hard, Project } from "./objects";
import {
  amount,
  boundsIn,
  change,
  hardOf,
  nextKey,
  problemsOf,
  quantityOf,
  quotaKeys,
  remaining,
  rowsOf,
  typed,
  unbounded,
} from "./quota";
import { gibibytes, parseQuantity } from "../../parts/quantity";

it("writes bytes for people", () => {
  expect(gibibytes("24684096Ki")).toBe("23.5 GiB");
  expect(gibibytes("")).toBe("");
});

describe("a quantity", () => {
  it.each([
    ["1", 1],
    ["0.5", 0.5],
    [".5", 0.5],
    ["1.", 1],
    ["+2", 2],
    ["500m", 0.5],
    ["2k", 2000],
    ["1Ki", 1024],
    ["1.5Gi", 1.5 * 2 ** 30],
    ["1e3", 1000],
    ["1E2", 100],
    ["1E", 1e18],
  ])("%s is %d", (text, value) => expect(parseQuantity(text)).toBeCloseTo(value, 9));

  it.each(["", "x", "-1", "1 Gi", "1KB", "Gi", "1e", "1.2.3"])("%j is none", (text) =>
    expect(parseQuantity(text)).toBeUndefined(),
  );
});

describe("amounts", () => {
  it("are whole thousandths of cores, bytes, pieces, so that sums are exact", () => {
    expect(amount("requests.cpu", "0.1") + amount("requests.cpu", "200m")).toBe(amount("requests.cpu", "0.3"));
    expect(amount("limits.cpu", 2)).toBe(2000);
    expect(amount("requests.memory", "1Gi")).toBe(2 ** 30);
    expect(amount("pods", "10")).toBe(10);
  });

  it("are rounded up, as the cluster rounds", () => {
    expect(amount("requests.cpu", "100u")).toBe(1);
    expect(amount("requests.memory", "100m")).toBe(1);
  });

  it("are typed in cores and MiB", () => {
    expect(typed("requests.cpu", 8000)).toBe("8");
    expect(typed("requests.cpu", 250)).toBe("0.25");
    expect(typed("requests.memory", 2 ** 30)).toBe("1024");
    expect(typed("pods", 3)).toBe("3");
  });
});

describe("what is typed", () => {
  it.each([
    ["requests.cpu", "8", "8"],
    ["requests.cpu", "0.25", "250m"],
    ["requests.cpu", "1.5", "1500m"],
    ["limits.memory", "1024", "1024Mi"],
    ["limits.ephemeral-storage", "08", "8Mi"],
    ["pods", "10", "10"],
    ["requests.nvidia.com/gpu", "2", "2"],
  ])("for %s: %s is written %s", (key, input, quantity) => expect(quantityOf(key, input)).toBe(quantity));

  it.each([
    ["requests.cpu", "0.0001"],
    ["requests.cpu", "500m"],
    ["limits.memory", "1Gi"],
    ["limits.memory", "1.5"],
    ["pods", "1.5"],
    ["pods", "-1"],
    ["pods", ""],
  ])("for %s: %j is refused", (key, input) => expect(quantityOf(key, input)).toBeUndefined());

  it("comes back as it was written, for every key", () => {
    for (const key of Object.keys(quotaKeys)) {
      const hard = { [key]: quantityOf(key, "12")! };
      expect(rowsOf(hard)).toEqual([{ key, input: "12" }]);
      expect(hardOf(rowsOf(hard), {})).toEqual(hard);
    }
  });
});

describe("a quota that is edited", () => {
  it("keeps the words of quantities that nobody touched, and keys that it does not know", () => {
    const hard = { "limits.memory": "1G", "requests.cpu": "0.5", "count/leases": "7" };
    const rows = rowsOf(hard);
    expect(rows.map((r) => r.input)).toEqual(["0.5", "953.674", "7"]);
    expect(hardOf(rows, hard)).toEqual(hard);
    expect(problemsOf(rows, unbounded, hard)).toEqual([undefined, undefined, undefined]);
    expect(problemsOf(rows, unbounded)[1]).toBeDefined();
    expect(hardOf([{ key: "requests.cpu", input: "0.75" }], hard)).toEqual({ "requests.cpu": "750m" });
  });

  it("has a row for each key that must be limited", () => {
    expect(rowsOf({ pods: "1" }, ["pods", "secrets"])).toEqual([
      { key: "pods", input: "1" },
      { key: "secrets", input: "" },
    ]);
  });

  it("begins with CPU, and offers no key twice", () => {
    expect(nextKey([])).toBe("requests.cpu");
    expect(nextKey(Object.keys(quotaKeys).map((key) => ({ key, input: "1" })))).toBeUndefined();
  });

  it("takes out what was taken out", () => {
    expect(change({ pods: "1", secrets: "2" }, { pods: "3" })).toEqual({ pods: "3", secrets: null });
  });

  it("finds keys that stand twice, and what is no number", () => {
    const problems = problemsOf(
      [
        { key: "pods", input: "1" },
        { key: "pods", input: "2" },
        { key: "secrets", input: "x" },
        { key: "services", input: "3" },
      ],
      unbounded,
    );
    expect(problems).toEqual(["rule.unique", "rule.unique", "quota.rule.count", undefined]);
  });

  it("goes up to what is left and not below what is used", () => {
    const bounds = { most: { pods: 5, "requests.cpu": 1500 }, least: { pods: 2 } };
    const problem = (key: string, input: string) => problemsOf([{ key, input }], bounds)[0];
    expect(problem("pods", "5")).toBeUndefined();
    expect(problem("pods", "6")).toBe("quota.over");
    expect(problem("pods", "1")).toBe("quota.under");
    expect(problem("requests.cpu", "1.5")).toBeUndefined();
    expect(problem("requests.cpu", "1.501")).toBe("quota.over");
  });
});

describe("what is left of a business's quota", () => {
  it("is what its namespaces were not granted", () => {
    expect(
      remaining({ pods: "10", "requests.cpu": "2" }, [{ pods: "3" }, { pods: "4", "requests.cpu": "500m" }]),
    ).toEqual({ pods: 3, "requests.cpu": 1500 });
  });

  it("is nothing when more was granted than it has now", () => {
    expect(remaining({ pods: "5" }, [{ pods: "9" }])).toEqual({ pods: 0 });
  });

  it("counts per cluster, by what was granted, and not the namespace that is edited", () => {
    const namespace = (cluster: string, name: string, hard: Hard, granted?: Hard): BusinessNamespace => ({
      metadata: { name: `${cluster}-${name}` },
      spec: { clusterName: cluster, namespace: name, hard },
      status: { ...(granted ? { hard: granted } : {}), used: { pods: "1" } },
    });
    const project: Project = {
      metadata: { name: "prj-a" },
      spec: { clusters: { global: { hard: { pods: "10" } }, other: {} } },
    };
    const own = namespace("global", "own", { pods: "6" }, { pods: "6" });
    const namespaces = [
      own,
      namespace("global", "b", { pods: "3" }, { pods: "2" }),
      namespace("global", "waits", { pods: "100" }),
      namespace("other", "c", { pods: "50" }, { pods: "50" }),
    ];
    expect(boundsIn({ project, namespaces }, "global", own)).toEqual({ most: { pods: 8 }, least: { pods: 1 } });
    expect(boundsIn({ project, namespaces }, "global")).toEqual({ most: { pods: 2 }, least: {} });
    expect(boundsIn({ project, namespaces }, "other")).toEqual({ most: {}, least: {} });
    expect(boundsIn({ project: undefined, namespaces }, "global").most).toEqual({});
  });
});
