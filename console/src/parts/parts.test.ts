import { describe, expect, it } from "vitest";
import type { ContainerStatus, Pod } from "../kube/types";
import { podReason, podWord, readyCount, restarts } from "./pods";
import { found, parseTag } from "./search";
import { age, selectorQuery } from "./words";

const pod = (containerStatuses: ContainerStatus[], more: Partial<Pod["status"]> = {}): Pod => ({
  metadata: { name: "web-0" },
  spec: { containers: [{ name: "a" }, { name: "b" }] },
  status: { phase: "Running", containerStatuses, ...more },
});

describe("a pod's word is kubectl's", () => {
  const running = { name: "a", ready: true, state: { running: {} } };

  it.each([
    ["Running", pod([running])],
    ["CrashLoopBackOff", pod([{ name: "a", state: { waiting: { reason: "CrashLoopBackOff" } } }])],
    ["Error", pod([{ name: "a", state: { terminated: { exitCode: 1, reason: "Error" } } }])],
    ["ExitCode:3", pod([{ name: "a", state: { terminated: { exitCode: 3 } } }])],
    ["NotReady", pod([{ name: "a", state: { terminated: { exitCode: 0, reason: "Completed" } } }, running])],
    ["Evicted", pod([], { phase: "Failed", reason: "Evicted" })],
    ["Pending", pod([], { phase: "Pending" })],
  ])("%s", (word, given) => expect(podWord(given)).toBe(word));

  it("Init:1/2 and Init:Error while init containers run", () => {
    const inits = (second: ContainerStatus["state"]): Pod => ({
      metadata: { name: "web-0" },
      spec: { containers: [{ name: "a" }], initContainers: [{ name: "one" }, { name: "two" }] },
      status: {
        phase: "Pending",
        initContainerStatuses: [
          { name: "one", state: { terminated: { exitCode: 0 } } },
          { name: "two", state: second! },
        ],
      },
    });
    expect(podWord(inits({ running: {} }))).toBe("Init:1/2");
    expect(podWord(inits({ terminated: { exitCode: 1, reason: "Error" } }))).toBe("Init:Error");
  });

  it("Terminating as soon as it is being deleted", () => {
    const given = pod([running]);
    expect(podWord({ ...given, metadata: { name: "web-0", deletionTimestamp: "2026-01-01T00:00:00Z" } })).toBe(
      "Terminating",
    );
  });

  it("with its counts and its reason", () => {
    const given = pod([
      running,
      { name: "b", restartCount: 4, state: { waiting: { reason: "ImagePullBackOff", message: "no such tag" } } },
    ]);
    expect(readyCount(given)).toBe("1/2");
    expect(restarts(given)).toBe(4);
    expect(podReason(given)).toBe("b: no such tag");
  });
});

describe("a search", () => {
  const web = { name: "web", labels: { app: "web", tier: "front" }, status: "Ready" };
  type Row = typeof web;
  const reading = { name: (row: Row) => row.name, labels: (row: Row) => row.labels, status: (row: Row) => row.status };
  const fits = (...texts: string[]) => found([web], texts.join("\n"), reading).length > 0;

  it("takes any word within an attribute", () => {
    expect(fits("db|WE")).toBe(true);
    expect(fits("status:failed|ready")).toBe(true);
    expect(fits("status:failed|gone")).toBe(false);
  });

  it("wants every attribute", () => {
    expect(fits("web", "label:app=db")).toBe(false);
    expect(fits("web", "标签:app=web|tier=back")).toBe(true);
  });

  it("of no condition finds all, of several those that fit them all", () => {
    const rows = [web, { ...web, name: "db" }];
    expect(found(rows, "", reading)).toBe(rows);
    expect(found(rows, "status:ready\nname:db", reading)).toEqual([rows[1]]);
  });

  it("reads of a row what it is asked about", () => {
    const asked: string[] = [];
    const status = (row: Row) => {
      asked.push(row.name);
      return row.status;
    };
    expect(found([web], "db", { ...reading, status })).toEqual([]);
    expect(asked).toEqual([]);
  });

  it("finds nothing in nothing", () => expect(parseTag(" | ")).toBeUndefined());
});

it("writes ages as kubectl does", () => {
  const ago = (seconds: number) => age(new Date(0).toISOString(), seconds * 1000);
  expect([5, 119, 150, 700, 3 * 3600 + 60, 50 * 3600, 9 * 86400].map(ago)).toEqual([
    "5s",
    "119s",
    "2m30s",
    "11m",
    "3h1m",
    "2d2h",
    "9d",
  ]);
});

it("writes selectors as the API wants them", () => {
  expect(
    selectorQuery({ matchLabels: { a: "1" }, matchExpressions: [{ key: "b", operator: "In", values: ["x", "y"] }] }),
  ).toBe("a=1,b in (x,y)");
});
