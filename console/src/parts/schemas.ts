import { request } from "../kube/request";
import { Schemas, type OpenApiDocument } from "./openapi";

const asked = new Map<string, Promise<Schemas | undefined>>();

/** What a cluster says of a group and version; undefined when it says nothing. Asked once in ten minutes: kinds come and change. */
export function schemasOf(cluster: string, apiVersion: string): Promise<Schemas | undefined> {
  if (!/^[\w.-]+(\/[\w.-]+)?$/.test(apiVersion)) return Promise.resolve(undefined);
  const path = `/clusters/${encodeURIComponent(cluster)}/openapi/v3/${apiVersion.includes("/") ? "apis" : "api"}/${apiVersion}`;
  const before = asked.get(path);
  if (before) return before;
  const answer = request<OpenApiDocument>(path).then(
    (document) => new Schemas(document),
    // Who writes without help still writes; it is asked again with the next word.
    () => void asked.delete(path),
  );
  asked.set(path, answer as Promise<Schemas | undefined>);
  setTimeout(() => asked.delete(path), 600_000);
  return answer as Promise<Schemas | undefined>;
}
