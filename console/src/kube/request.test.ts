import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { changePassword, changeUser } from "./gateway";
import { known } from "./path";
import { onSignedOut, request, setCsrfToken } from "./request";
import type { KubeObject } from "./types";
import { create, holds, remove } from "./write";

interface Asked {
  path: string;
  csrf: string | undefined;
  body: unknown;
}

let asked: Asked[];
/** A gateway whose session has the token `fresh`. */
const gateway = (path: string, init: RequestInit) => {
  const csrf = (init.headers as Record<string, string>)["X-Ordinal-CSRF"];
  asked.push({ path, csrf, body: init.body ? JSON.parse(init.body as string) : undefined });
  if (path === "/session") return Promise.resolve(answer(200, { csrf: "fresh", user: "li" }));
  if (path === "/forbidden") return Promise.resolve(answer(403, { message: "not yours" }));
  if (path === "/gone") return Promise.resolve(answer(401, { message: "sign in first" }));
  if (init.method !== "GET" && csrf !== "fresh")
    return Promise.resolve(answer(403, { message: "the header X-Ordinal-CSRF is missing or wrong" }));
  return Promise.resolve(answer(200, {}));
};
const answer = (status: number, body: object) => new Response(JSON.stringify(body), { status });

beforeEach(() => {
  asked = [];
  setCsrfToken("old", "li");
  vi.stubGlobal("fetch", gateway);
});
afterEach(() => vi.unstubAllGlobals());

it("asks for the new token once, and repeats once, when another tab has signed in", async () => {
  await request("/users", { method: "POST", body: {} });
  expect(asked.map((a) => a.path)).toEqual(["/users", "/session", "/users"]);
  await request("/users", { method: "POST", body: {} });
  expect(asked).toHaveLength(4);
});

it("repeats nothing in the name of somebody else who has signed in", async () => {
  setCsrfToken("old", "mei");
  await expect(request("/users", { method: "POST", body: {} })).rejects.toThrow("X-Ordinal-CSRF");
  expect(asked.map((a) => a.path)).toEqual(["/users", "/session"]);
});

it("repeats no other refusal", async () => {
  await expect(request("/forbidden", { method: "POST" })).rejects.toThrow("not yours");
  expect(asked).toHaveLength(1);
});

it("asks three times more when nobody answered, and repeats nothing that may have been done", async () => {
  const waited: number[] = [];
  vi.stubGlobal("setTimeout", (act: () => void, pause: number) => {
    waited.push(pause);
    act();
  });
  let cut = 1;
  vi.stubGlobal("fetch", (path: string, init: RequestInit) =>
    cut-- > 0 ? Promise.reject(new TypeError("Failed to fetch")) : gateway(path, init),
  );
  await request("/portal");
  expect(asked.map((a) => a.path)).toEqual(["/portal"]);
  cut = 1;
  await expect(request("/users", { method: "POST", body: {} })).rejects.toThrow("Failed to fetch");
  expect(asked).toHaveLength(1);
  setCsrfToken("fresh", "li");
  waited.length = 0;
  cut = 3;
  await request("/sets/web", { method: "PATCH", body: {}, repeatable: true });
  expect(waited).toEqual([0, 300, 1000]);
  cut = 4;
  await expect(request("/sets/web", { method: "PATCH", repeatable: true })).rejects.toThrow("Failed to fetch");
  expect(asked.map((a) => a.path)).toEqual(["/portal", "/sets/web"]);
});

it("asks once more when the answer breaks off", async () => {
  const cut = new ReadableStream({ start: (it) => it.error(new TypeError("network error")) });
  const answers = [new Response(cut), answer(200, { items: [] })];
  vi.stubGlobal("fetch", () => Promise.resolve(answers.shift()));
  expect(await request("/users")).toEqual({ items: [] });
  expect(answers).toEqual([]);
});

describe("an object that was sent twice because nobody answered", () => {
  const place = { cluster: "global", namespace: "shop", resource: known.configmaps };
  const object = { metadata: { name: "settings" }, data: { a: "1" } };
  const twice = (there: object) => {
    const answers = [
      () => Promise.reject(new TypeError("Failed to fetch")),
      () => Promise.resolve(answer(409, { message: "settings already exists" })),
      () => Promise.resolve(answer(200, there)),
    ];
    vi.stubGlobal("fetch", () => answers.shift()!());
    return create(place, object as KubeObject);
  };

  it("is made when what is there holds all of it", async () => {
    const there = { ...object, metadata: { name: "settings", uid: "1" } };
    expect(await twice(there)).toEqual(there);
  });

  it("is not made when somebody else's is there", async () => {
    await expect(twice({ ...object, data: { a: "2" } })).rejects.toThrow("already exists");
  });
});

describe("what holds what was sent", () => {
  it.each([
    ["fields that were added", { a: 1, b: 2 }, { a: 1 }, true],
    ["another value", { a: 1 }, { a: 2 }, false],
    ["null, as pasted YAML has it", {}, { a: null }, true],
    ["items with names, among others", { v: [{ name: "a", x: 1 }, { name: "b" }] }, { v: [{ name: "b" }] }, true],
    ["an item with a name, changed", { v: [{ name: "b", x: 1 }] }, { v: [{ name: "b", x: 2 }] }, false],
    ["more items without names", { v: ["a", "b"] }, { v: ["a"] }, false],
    ["a list of nothing, left out", {}, { v: [] }, true],
    ["something where nothing was sent", { v: ["a"] }, { v: [] }, false],
    ["no list", { v: {} }, { v: ["a"] }, false],
  ])("%s", (_, whole, part, expected) => {
    expect(holds(whole, part)).toBe(expected);
  });
});

describe("an object that is deleted by its uid", () => {
  const place = { cluster: "global", namespace: "shop", resource: known.pods };
  const status = (code: number, details: object) => answer(code, { details });
  const removing = (...answers: (() => Promise<Response>)[]) => {
    vi.stubGlobal("fetch", () => answers.shift()!());
    return remove(place, "web-0", { uid: "1" });
  };
  const lost = () => Promise.reject(new TypeError("Failed to fetch"));
  const now = (response: Response) => () => Promise.resolve(response);

  it("is deleted when it is gone", async () => {
    await removing(now(status(404, { name: "web-0", kind: "pods" })));
  });

  it("is not when its cluster is", async () => {
    await expect(removing(now(status(404, { name: "global", kind: "clusters" })))).rejects.toMatchObject({ code: 404 });
  });

  it("is deleted when another one has its name by the second time", async () => {
    await removing(lost, now(status(409, {})), now(answer(200, { metadata: { name: "web-0", uid: "2" } })));
  });

  it("is not when it is still there", async () => {
    const there = answer(200, { metadata: { name: "web-0", uid: "1" } });
    await expect(removing(lost, now(status(409, {})), now(there))).rejects.toMatchObject({ code: 409 });
  });

  it("is not when another one has its name the first time", async () => {
    await expect(removing(now(status(409, {})))).rejects.toMatchObject({ code: 409 });
  });
});

it("takes a password for changed that was changed the first time, and no other refusal", async () => {
  const causes = (field: string) => answer(422, { details: { causes: [{ field, message: "is not right" }] } });
  const answers = (...all: (Response | undefined)[]) =>
    vi.stubGlobal("fetch", () => {
      const next = all.shift();
      return next ? Promise.resolve(next) : Promise.reject(new TypeError("Failed to fetch"));
    });
  const me = () => answer(200, { csrf: "fresh", user: "li" });
  answers(undefined, causes("old"), me(), me());
  await changePassword("old", "new");
  answers(undefined, causes("new"), me(), me());
  await expect(changePassword("old", "new")).rejects.toMatchObject({ code: 422 });
  answers(causes("old"), me(), me());
  await expect(changePassword("old", "new")).rejects.toMatchObject({ code: 422 });
});

it("says when the session has ended", async () => {
  let ended = 0;
  onSignedOut(() => ended++);
  await expect(request("/gone")).rejects.toThrow("sign in first");
  expect(ended).toBe(1);
});

it("sends back all of a user that is changed", async () => {
  setCsrfToken("fresh", "li");
  const user = {
    name: "li",
    displayName: "Li",
    administrator: false,
    email: "li@example.org",
    phone: "1",
    groups: ["a"],
  };
  await changeUser({ ...user, displayName: "Li Hua" });
  expect(asked[0]).toMatchObject({ path: "/users/li", body: { ...user, displayName: "Li Hua" } });
});
