import { resourceId } from "./path";
import { request } from "./request";
import type { Resource } from "./types";

interface GroupList {
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
  // A failed answer is not kept: the next page asks again. New kinds appear within a minute.
  answer.catch(() => asked.delete(cluster));
  setTimeout(() => asked.delete(cluster), 60_000);
  return answer;
}

async function ask(root: string): Promise<readonly Resource[]> {
  const groups = await request<GroupList>(`${root}/apis`);
  const versions = [
    { group: "", version: "v1", path: `${root}/api/v1` },
    ...groups.groups.map(({ name, preferredVersion: { version } }) => ({
      group: name,
      version,
      path: `${root}/apis/${name}/${version}`,
    })),
  ];
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
