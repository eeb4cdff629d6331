import { describe, expect, it } from "vitest";
import type { ContainerStatus, Pod } from "../kube/types";
import { podReason, podWord, readyCount, restarts } from "./pods";
import { found, matches, parseTag } from "./search";
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
  const tags = (...texts: string[]) => texts.flatMap((text) => parseTag(text) ?? []);

  it("takes any word within an attribute", () => {
    expect(matches(tags("db|WE"), web)).toBe(true);
    expect(matches(tags("status:failed|ready"), web)).toBe(true);
  });

  it("wants every attribute", () => {
    expect(matches(tags("web", "label:app=db"), web)).toBe(false);
    expect(matches(tags("web", "标签:app=web|tier=back"), web)).toBe(true);
  });

  it("of no condition finds all, of several those that fit them all", () => {
    const rows = [web, { ...web, name: "db" }];
    expect(found(rows, "", (r) => r)).toBe(rows);
    expect(found(rows, "status:ready\nname:db", (r) => r)).toEqual([rows[1]]);
  });

  it("finds nothing in nothing", () => expect(tags(" | ")).toEqual([]));
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
