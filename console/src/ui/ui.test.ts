import { describe, expect, it } from "vitest";
import { match } from "./router";
import { csv, sorted, type Column } from "./Table";

interface Row {
  name: string;
  pods: number;
}
const columns: Column<Row>[] = [
  { id: "name", title: "Name", cell: (r) => r.name, value: (r) => r.name },
  { id: "pods", title: "Pods", cell: (r) => r.pods, value: (r) => r.pods },
  { id: "acts", title: "", cell: () => "x" },
];

describe("a table", () => {
  const rows = [
    { name: "web-10", pods: 1 },
    { name: "web-2", pods: 30 },
  ];

  it("sorts names as people count", () => {
    expect(sorted(rows, columns, { column: "name", descending: false }).map((r) => r.name)).toEqual([
      "web-2",
      "web-10",
    ]);
    expect(sorted(rows, columns, { column: "pods", descending: true }).map((r) => r.pods)).toEqual([30, 1]);
  });

  it("exports quoted cells and disarms formulas", () => {
    const text = csv(columns, [{ name: '=1+"2"', pods: 3 }]);
    expect(text).toBe('\uFEFFName,Pods\r\n"\'=1+""2""",3\r\n');
  });
});

describe("an address", () => {
  it("gives its parameters, decoded", () => {
    expect(match("/b/:business/:cluster", "/b/prj-x/my%2Fone")).toEqual({ business: "prj-x", cluster: "my/one" });
    expect(match("/b/:business", "/b/x/y")).toBeUndefined();
    expect(match("/p/clusters", "/p/clusters/")).toEqual({});
  });
});
