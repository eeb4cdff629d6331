import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ServerOptions } from "vite";

/** What the gateway answers; everything else is a page of ours. */
const answered = "^/(session|portal|clusters|tokens|users|kubeconfig|oidc|why)(/|\\?|$)";

/**
 * Sends what pages ask to a running console, so that pages under work stand before a real cluster. It is named by CONSOLE_URL, and
 * CONSOLE_DATA is the data folder whose certificate this server shows, too: without HTTP/2 a browser stops at six watches, and
 * without TLS it does not keep the session's cookie.
 */
export function running(): ServerOptions {
  const target = process.env["CONSOLE_URL"];
  const data = process.env["CONSOLE_DATA"];
  if (!target || !data)
    throw new Error("CONSOLE_URL and CONSOLE_DATA must name a running console; ./dev up starts both");
  const pki = (name: string) => readFileSync(join(data, "pki", name));
  return {
    https: { cert: pki("console.crt"), key: pki("console.key") },
    proxy: { [answered]: { target, secure: false, ws: true } },
  };
}
