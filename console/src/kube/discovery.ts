import { resourceId } from "./path";
import { request } from "./request";
import type { Resource } from "./types";

/** What has subresources alone has neither a kind nor verbs: the metrics of an adapter, for one. */
interface DiscoveredResource {
  resource: string;
  responseKind?: { kind: string } | null;
  scope: string;
  verbs?: string[] | null;
}

/** Aggregated discovery (KEP-3352). */
interface Discovery {
  kind: "APIGroupDiscoveryList";
  items: {
    metadata: { name?: string };
    versions: {
      version: string;
      resources?: readonly DiscoveredResource[] | null;
    }[];
  }[];
}

interface GroupList {
  kind: "APIGroupList" | "APIVersions";
  groups: { name: string; preferredVersion: { version: string } }[];
}

interface ResourceList {
  resources: { name: string; kind: string; namespaced: boolean; verbs: string[] }[];
}

const asked = new Map<string, Promise<readonly Resource[]>>();

/** Every resource that the cluster serves and can list, each in the version that the server prefers. */
export function discover(cluster: string): Promise<readonly Resource[]> {
  const before = asked.get(cluster);
  if (before) return before;
  const answer = ask(`/clusters/${encodeURIComponent(cluster)}`);
  asked.set(cluster, answer);
  // A failed answer is not kept: the next page asks again. Asked a minute later, it names kinds that came meanwhile.
  answer.catch(() => asked.delete(cluster));
  setTimeout(() => asked.delete(cluster), 60_000);
  return answer;
}

/** All that a cluster serves in two answers; clusters before 1.27 answer with their groups alone. */
const aggregated = [
  ...["v2", "v2beta1"].map((v) => `application/json;g=apidiscovery.k8s.io;v=${v};as=APIGroupDiscoveryList`),
  "application/json",
].join(",");

async function ask(root: string): Promise<readonly Resource[]> {
  const found = await Promise.all([
    // Who may not see this root may see what is below it.
    request<Discovery | GroupList>(`${root}/api`, { accept: aggregated })
      .catch(() => undefined)
      .then((core) =>
        isAggregated(core)
          ? core.items.flatMap(served)
          : askEach([{ group: "", version: "v1", path: `${root}/api/v1` }]),
      ),
    request<Discovery | GroupList>(`${root}/apis`, { accept: aggregated }).then((named) =>
      isAggregated(named)
        ? named.items.flatMap(served)
        : askEach(
            named.groups.map(({ name, preferredVersion: { version } }) => ({
              group: name,
              version,
              path: `${root}/apis/${name}/${version}`,
            })),
          ),
    ),
  ]);
  return found.flat();
}

const isAggregated = (answer: Discovery | GroupList | undefined): answer is Discovery =>
  answer?.kind === "APIGroupDiscoveryList";

/** A resource that several versions serve is taken from the first: servers name the preferred one there. */
function served({ metadata: { name: group = "" }, versions }: Discovery["items"][number]): Resource[] {
  const all = new Map<string, Resource>();
  for (const { version, resources } of versions) {
    for (const { resource: plural, responseKind, scope, verbs } of resources ?? []) {
      if (all.has(plural) || !responseKind?.kind || !verbs?.includes("list")) continue;
      all.set(plural, { group, version, plural, kind: responseKind.kind, namespaced: scope === "Namespaced", verbs });
    }
  }
  return [...all.values()];
}

interface Served {
  group: string;
  version: string;
  path: string;
}

async function askEach(versions: readonly Served[]): Promise<Resource[]> {
  const lists = await Promise.all(
    // A group whose server is away must not hide the others.
    versions.map(async (v) => ({ ...v, list: await request<ResourceList>(v.path).catch(() => ({ resources: [] })) })),
  );
  return lists.flatMap(({ group, version, list }) =>
    list.resources
      .filter((r) => !r.name.includes("/") && r.verbs.includes("list"))
      .map(({ name, kind, namespaced, verbs }) => ({ group, version, plural: name, kind, namespaced, verbs })),
  );
}

export const find = (resources: readonly Resource[], id: string) => resources.find((r) => resourceId(r) === id);

export function findKind(resources: readonly Resource[], apiVersion: string, kind: string): Resource | undefined {
  const [version = "v1", group = ""] = apiVersion.split("/").reverse();
  const found = resources.find((r) => r.kind === kind && r.group === group);
  return found && { ...found, version };
}
