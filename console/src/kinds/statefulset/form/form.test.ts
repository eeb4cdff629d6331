import { describe, expect, it } from "vitest";
import { parseAllDocuments, stringify } from "yaml";
import type { KubeObject } from "../../../kube/types";
import type { Json } from "../../../parts/manifest";
import {
  impliedPolicy,
  joinImage,
  read as readContainers,
  splitImage,
  write as writeContainers,
} from "./containers/view";
import { basics } from "./basics/section";
import { at, Manifest, type Tree } from "./manifest";
import { replicas } from "./replicas/section";
import { sections, unseen } from "./sections";
import { service, type ServiceView } from "./service/section";
import { submit } from "./submit";
import { volumes } from "./volumes/section";
import { manifests } from "./manifests.testing";

const parse = (text: string): Manifest => {
  const manifest = Manifest.parse(text);
  if (!(manifest instanceof Manifest)) throw new Error(manifest.error);
  return manifest;
};

const simple = `# the shop's database
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
  namespace: shop
  labels: {app: web}
spec:
  replicas: 3 # one per zone
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      schedulerName: mine
      containers:
        - name: a # first
          image: nginx
          ports: [{containerPort: 80}]
        - name: b
          image: busybox:1
          tty: true
`;

describe("form → manifest → form", () => {
  it.each(manifests(200).map((objects) => [objects]))("loses nothing of generated manifest %#", (objects) => {
    const text = objects.map((o) => stringify(o)).join("---\n");
    const manifest = parse(text);
    for (const section of sections) section.write(manifest, section.read(manifest));
    expect(manifest.objects()).toEqual(objects);
    expect(manifest.toString()).toBe(parse(text).toString());
  });

  it.each(manifests(40).map((objects) => [objects]))(
    "changes only what was changed in generated manifest %#",
    (objects) => {
      const manifest = parse(objects.map((o) => stringify(o)).join("---\n"));
      replicas.write(manifest, "77");
      const view = readContainers(manifest);
      const last = view.main.length - 1;
      writeContainers(manifest, {
        ...view,
        main: view.main.map((c, i) => (i === last ? { ...c, image: "changed:1" } : c)),
      });
      const expected = structuredClone(objects);
      const set = expected.find((o) => o["kind"] === "StatefulSet")!;
      (set["spec"] as Tree)["replicas"] = 77;
      ((at(set, "spec", "template", "spec", "containers") as Json[])[last] as Tree)["image"] = "changed:1";
      expect(manifest.objects()).toEqual(expected);
    },
  );
});

describe("any view", () => {
  const all = manifests(40).map((objects) => objects.map((o) => stringify(o)).join("---\n"));
  const pairs = all.map((text, i) => [text, all[(i + 1) % all.length]!] as const);

  describe.each(sections)("of $id", (section) => {
    it("is read again as it was written, into whatever manifest", () => {
      for (const [mine, theirs] of pairs) {
        const manifest = parse(mine);
        const view = strange(section.read(parse(theirs)));
        section.write(manifest, view);
        expect(plain(section.read(parse(manifest.toString())))).toEqual(plain(view));
      }
    });

    it("is read again as it was written, over what was there", () => {
      for (const [mine, theirs] of pairs) {
        const manifest = parse(mine);
        const view = grafted(section.read(manifest), strange(section.read(parse(theirs))));
        section.write(manifest, view);
        expect(plain(section.read(parse(manifest.toString())))).toEqual(plain(view));
      }
    });
  });
});

/** Of another manifest: nothing of it stands anywhere yet, and what no form can make is left out. */
function strange(view: unknown): unknown {
  if (Array.isArray(view)) return view.filter((v) => !isOther(v)).map(strange);
  if (typeof view !== "object" || view === null) return view;
  const entries = Object.entries(view).filter(([key]) => key !== "at");
  return Object.fromEntries(entries.map(([key, v]) => [key, isOther(v) ? noProbe : strange(v)]));
}

const noProbe = readContainers(parse(simple)).main[0]!.probes.startupProbe;
const isOther = (v: unknown) => (v as { type?: unknown } | null)?.type === "other";

/** One view with the values of another, each item of a list in the place of the one that was there. */
function grafted(old: unknown, fresh: unknown): unknown {
  if (Array.isArray(old) && Array.isArray(fresh)) return fresh.map((f: unknown, i) => grafted(old[i], f));
  if (typeof old !== "object" || typeof fresh !== "object" || old === null || fresh === null) return fresh;
  const [o, f] = [old as Record<string, unknown>, fresh as Record<string, unknown>];
  const made = Object.fromEntries(Object.entries(f).map(([key, v]) => [key, grafted(o[key], v)]));
  // A volume of another type is another volume.
  const same = !("detail" in o) || o["type"] === f["type"];
  return "at" in o && same ? { ...made, at: o["at"] } : made;
}

/** Where things stand is not what they say; disks of the set's own are listed last. */
function plain(view: unknown): unknown {
  if (Array.isArray(view)) {
    const last = (v: unknown) => ((v as { type?: unknown } | null)?.type === "template" ? 1 : 0);
    return view.toSorted((a, b) => last(a) - last(b)).map(plain);
  }
  if (typeof view !== "object" || view === null) return view;
  const entries = Object.entries(view).filter(([key]) => key !== "at");
  return Object.fromEntries(entries.map(([key, v]) => [key, plain(v)]));
}

describe("an edit", () => {
  it("keeps comments and what the form does not show, and says the latter", () => {
    const manifest = parse(simple);
    replicas.write(manifest, "5");
    basics.write(manifest, { ...basics.read(manifest), description: "the shop" });
    const text = manifest.toString();
    expect(text).toContain("# the shop's database");
    expect(text).toContain("replicas: 5 # one per zone");
    expect(text).toContain("- name: a # first");
    expect(unseen(manifest)).toEqual([
      "spec.template.spec.schedulerName",
      "spec.template.spec.containers.0.ports.0.containerPort",
      "spec.template.spec.containers.1.tty",
    ]);
  });

  it("of a container leaves the others alone, also when one before it goes", () => {
    const manifest = parse(simple);
    const view = readContainers(manifest);
    writeContainers(manifest, { ...view, main: view.main.slice(1).map((c) => ({ ...c, name: "c" })) });
    expect(at(manifest.set, "spec", "template", "spec", "containers")).toEqual([
      { name: "c", image: "busybox:1", tty: true },
    ]);
  });

  it("of the name renames all that bears it, Services too", () => {
    const manifest = parse(simple);
    service.write(manifest, {
      ...service.read(manifest),
      enabled: true,
      ports: [{ protocol: "TCP", containerPort: "80", port: "80", nodePort: "" }],
    });
    basics.write(manifest, { ...basics.read(manifest), name: "db" });
    expect(manifest.objects().map((o) => at(o, "metadata", "name"))).toEqual(["db", "db-headless", "db"]);
    expect(at(manifest.set, "spec", "serviceName")).toBe("db-headless");
    expect(at(manifest.set, "spec", "selector", "matchLabels")).toEqual({ app: "db" });
    expect(at(manifest.find("Service", "db"), "spec", "selector")).toEqual({ app: "db" });
  });

  it("of a list shows on one line what fits there, and in quotes what does not", () => {
    const manifest = parse(
      simple.replace(
        "image: nginx",
        String.raw`image: nginx
          args: ["-c", "a\nb", "", "\"x\""]`,
      ),
    );
    const view = readContainers(manifest);
    expect(view.main[0]?.args).toBe(String.raw`-c
"a\nb"
""
"\"x\""`);
    writeContainers(manifest, { ...view, main: view.main.map((c) => ({ ...c, args: `${c.args}\nmore` })) });
    expect(at(manifest.set, "spec", "template", "spec", "containers", 0, "args")).toEqual([
      "-c",
      "a\nb",
      "",
      '"x"',
      "more",
    ]);
  });

  it("takes volumes away and adds claim templates", () => {
    const manifest = parse(simple);
    volumes.write(manifest, [
      { type: "nfs", name: "n", source: "10.0.0.1:/data", detail: "" },
      { type: "template", name: "disk", source: "", detail: "10Gi" },
    ]);
    expect(at(manifest.set, "spec", "template", "spec", "volumes")).toEqual([
      { name: "n", nfs: { server: "10.0.0.1", path: "/data" } },
    ]);
    expect(at(manifest.set, "spec", "volumeClaimTemplates")).toEqual([
      {
        metadata: { name: "disk" },
        spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "10Gi" } } },
      },
    ]);
    volumes.write(manifest, []);
    expect(parse(manifest.toString()).objects()).toEqual(parse(simple).objects());
  });
});

describe("a Service of the form", () => {
  const ports = [{ protocol: "TCP", containerPort: "80", port: "8080", nodePort: "30080" }];
  const combinations = (["ClusterIP", "NodePort"] as const).flatMap((access) =>
    [true, false].flatMap((headless) =>
      [true, false].map((affinity): ServiceView => ({
        enabled: true,
        access,
        headless,
        affinity,
        ports,
        timeout: affinity ? "60" : "",
      })),
    ),
  );

  it.each(combinations)("$access headless=$headless affinity=$affinity has its objects and its serviceName", (view) => {
    const manifest = parse(simple);
    service.write(manifest, view);
    const alone = view.headless && view.access === "ClusterIP";
    const names = manifest.objects().map((o) => `${String(o["kind"])} ${String(at(o, "metadata", "name"))}`);
    expect(names).toEqual(
      alone ? ["Service web", "StatefulSet web"] : ["Service web", "Service web-headless", "StatefulSet web"],
    );
    expect(at(manifest.set, "spec", "serviceName")).toBe(alone ? "web" : "web-headless");
    const main = manifest.find("Service", "web");
    expect(at(main, "spec", "clusterIP")).toBe(alone ? "None" : undefined);
    expect(at(main, "spec", "type")).toBe(view.access === "NodePort" ? "NodePort" : undefined);
    expect(at(main, "spec", "ports", 0, "nodePort")).toBe(view.access === "NodePort" ? 30080 : undefined);
    expect(at(main, "spec", "sessionAffinityConfig", "clientIP", "timeoutSeconds")).toBe(
      view.affinity && !alone ? 60 : undefined,
    );
    expect(at(main, "spec", "ports", 0, "name")).toBe("tcp-80-8080");
  });

  it("written by hand keeps its comments and names in the ports that stay", () => {
    const manifest = parse(`${simple}---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  ports:
    - name: web # what browsers ask
      port: 80
`);
    const view = service.read(manifest);
    service.write(manifest, {
      ...view,
      ports: [
        { ...view.ports[0]!, port: "81" },
        { protocol: "UDP", containerPort: "53", port: "53", nodePort: "" },
      ],
    });
    expect(manifest.toString()).toContain("name: web # what browsers ask");
    expect(at(manifest.find("Service", "web"), "spec", "ports")).toEqual([
      { name: "web", port: 81, targetPort: 80 },
      { name: "udp-53-53", protocol: "UDP", port: 53, targetPort: 53 },
    ]);
    expect(at(manifest.find("Service", "web-headless"), "spec", "ports")).toHaveLength(2);
  });

  it("goes when it is unticked, and with it the names of the pods", () => {
    const manifest = parse(simple);
    service.write(manifest, combinations[1]!);
    service.write(manifest, { ...service.read(manifest), enabled: false });
    expect(manifest.objects()).toEqual(parse(simple).objects());
  });
});

it.each([
  ["nginx", "nginx", ""],
  ["host:5000/a/b", "host:5000/a/b", ""],
  ["host:5000/a/b:1.2", "host:5000/a/b", "1.2"],
  ["nginx:1.27@sha256:abc0", "nginx", "1.27@sha256:abc0"],
  ["nginx@sha256:abc0", "nginx", "@sha256:abc0"],
])("the image %s is taken apart and put together again", (image, repository, tag) => {
  expect(splitImage(image)).toEqual({ repository, tag });
  expect(joinImage(repository, tag)).toBe(image);
});

it("says the guide's rule for an unset pull policy", () => {
  expect([impliedPolicy("nginx"), impliedPolicy("nginx:latest"), impliedPolicy("nginx:1")]).toEqual([
    "Always",
    "Always",
    "IfNotPresent",
  ]);
});

describe("a submission", () => {
  const objects: KubeObject[] = ["a", "b", "c"].map((name) => ({ kind: "Service", metadata: { name } }));

  it("that fails half-way takes back what it made, the last first, and nothing else", async () => {
    const removed: string[] = [];
    const outcome = await submit(objects, {
      create: (o, dryRun) =>
        !dryRun && o.metadata.name === "c"
          ? Promise.reject(new Error("no"))
          : Promise.resolve({ ...o, metadata: { ...o.metadata, uid: `uid-${o.metadata.name}` } }),
      remove: (o) => Promise.resolve(removed.push(o.metadata.uid ?? "")),
    });
    expect(outcome).toMatchObject({ ok: false, undone: { names: ["Service b", "Service a"], failed: [] } });
    expect(removed).toEqual(["uid-b", "uid-a"]);
  });

  it("that the dry run refuses makes nothing", async () => {
    const created: string[] = [];
    const outcome = await submit(objects, {
      create: (o, dryRun) => {
        if (!dryRun) created.push(o.metadata.name);
        return o.metadata.name === "b" ? Promise.reject(new Error("no")) : Promise.resolve(o);
      },
      remove: () => Promise.reject(new Error("nothing to remove")),
    });
    expect(outcome.ok).toBe(false);
    expect(created).toEqual([]);
  });
});

it("several documents are read as they stand", () => {
  expect(parseAllDocuments(parse(`${simple}---\n${simple.replaceAll("web", "x")}`).toString())).toHaveLength(2);
});
