import { execFileSync } from "node:child_process";

/** The cluster behind the console, asked past it: what a page says counts only when the objects say it, too. */
export function kubectl(...words: string[]): string {
  return execFileSync(process.env["KUBECTL"] ?? "kubectl", words, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

export function apply(...objects: object[]): void {
  const input = JSON.stringify({ apiVersion: "v1", kind: "List", items: objects });
  execFileSync(process.env["KUBECTL"] ?? "kubectl", ["apply", "-f", "-"], { input, stdio: ["pipe", "ignore", "pipe"] });
}

/** A tree of JSON whose fields may be asked for without a type for each kind; a test compares it with what it expects. */
export type Tree = { readonly [key: string]: Tree };

export const read = (namespace: string, kind: string, name: string) =>
  JSON.parse(kubectl("-n", namespace, "get", kind, name, "-o", "json")) as Tree;

export const exists = (namespace: string, kind: string, name: string) =>
  kubectl("-n", namespace, "get", kind, name, "--ignore-not-found", "-o", "name").trim() !== "";

/** What a shell in a container prints. */
export const inside = (namespace: string, pod: string, container: string, script: string) =>
  kubectl("-n", namespace, "exec", pod, "-c", container, "--", "sh", "-c", script).trim();

export const namespace = (name: string, labels: Record<string, string> = {}) => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name, labels },
});
