import type { Cause, Status } from "./types";

/** A refused or failed request, with what the server said about it. Code 0: nobody answered. */
export class StatusError extends Error {
  override readonly name = "StatusError";

  /** @param repeated whether the request was sent a second time: the refusal may come from what the first time has done */
  constructor(
    readonly status: Status,
    readonly repeated = false,
  ) {
    super(status.message ?? status.reason ?? "");
  }

  get code(): number {
    return this.status.code ?? 0;
  }

  get causes(): readonly Cause[] {
    return this.status.details?.causes ?? [];
  }
}

/** Whatever was thrown, as a request that nobody answered unless it says more. */
export const asStatus = (e: unknown): StatusError =>
  e instanceof StatusError
    ? e
    : new StatusError({ kind: "Status", code: 0, message: e instanceof Error ? e.message : String(e) });

export interface RequestOptions {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  body?: unknown;
  contentType?: string;
  accept?: string;
  signal?: AbortSignal | undefined;
  /** Whether it may be sent again when nobody answered; what only asks usually is. See StatusError.repeated. */
  repeatable?: boolean;
  /** Called with each warning that the server sends along. */
  onWarning?: (text: string) => void;
}

let csrf = "";
let whose = "";
let whenSignedOut: () => void = () => {};

/** The token of the session, which every unsafe request and every WebSocket carries. */
export const csrfToken = () => csrf;
export const setCsrfToken = (token: string, user: string) => {
  csrf = token;
  whose = user;
};
/** Nothing of any user is in this page yet. */
export const isFresh = () => whose === "";
/** What to do when the session has ended: the same for every request. */
export const onSignedOut = (action: () => void) => {
  whenSignedOut = action;
};

const csrfHeader = "X-Ordinal-CSRF";

/**
 * Asks and hands over the answer as it comes; throws a StatusError for anything that is not a success. When another tab has signed
 * in, our token is the old session's: then the new one is asked for, and the request is sent once more.
 */
export async function open(path: string, options: RequestOptions = {}): Promise<Response> {
  try {
    return await opened(path, options);
  } catch (e) {
    if (!(e instanceof StatusError) || e.code !== 403 || !e.message.includes(csrfHeader)) throw e;
    const session = (await (await opened("/session", {})).json()) as { csrf: string; user: string };
    // Somebody else: what this page shows is not his, nor is what was pressed on it.
    if (session.user !== whose) throw e;
    setCsrfToken(session.csrf, session.user);
    return opened(path, options);
  }
}

async function opened(path: string, options: RequestOptions): Promise<Response> {
  const method = options.method ?? "GET";
  const headers: Record<string, string> = { Accept: options.accept ?? "application/json" };
  if (method !== "GET") headers[csrfHeader] = csrf;
  const given = options.body;
  if (given !== undefined) headers["Content-Type"] = options.contentType ?? "application/json";
  const body = given === undefined ? null : typeof given === "string" ? given : JSON.stringify(given);
  const response = await fetched(path, { method, headers, body, signal: options.signal ?? null });
  for (const text of warnings(response.headers.get("Warning"))) options.onWarning?.(text);
  if (response.ok) return response;
  if (response.status === 401 && !path.startsWith("/session")) whenSignedOut();
  throw new StatusError(await statusOf(response).catch((e: unknown) => Promise.reject(unreachable(e))));
}

export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const text = await requestText(path, options);
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

/** How long to wait before a request is sent once more, in ms. */
const pauses = [0, 300, 1000];

/**
 * Sent again, where that does no harm, before it is said that nobody answers: a browser drops every connection when an interface of its machine
 * comes or goes, as with each pod that starts or ends beside it.
 */
export async function requestText(path: string, options: RequestOptions = {}): Promise<string> {
  const { repeatable = (options.method ?? "GET") === "GET", signal } = options;
  for (let tries = 0; ; tries++) {
    try {
      return await whole(path, options);
    } catch (e) {
      if (!(e instanceof StatusError)) throw e;
      const pause = pauses[tries];
      if (!repeatable || signal?.aborted || e.code !== 0 || pause === undefined)
        throw tries > 0 ? new StatusError(e.status, true) : e;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

async function whole(path: string, options: RequestOptions): Promise<string> {
  const response = await open(path, options);
  try {
    return await response.text();
  } catch (e) {
    throw options.signal?.aborted ? e : unreachable(e);
  }
}

async function fetched(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { ...init, credentials: "same-origin" });
  } catch (e) {
    throw init.signal?.aborted ? e : unreachable(e);
  }
}

const unreachable = (e: unknown) =>
  new StatusError({ kind: "Status", code: 0, reason: "Unreachable", message: String(e) });

async function statusOf(response: Response): Promise<Status> {
  const text = await response.text();
  const fallback: Status = {
    kind: "Status",
    code: response.status,
    reason: response.statusText,
    message: text.slice(0, 500),
  };
  const retry = Number(response.headers.get("Retry-After"));
  try {
    const status = JSON.parse(text) as Status;
    const details = { ...status.details, ...(retry > 0 ? { retryAfterSeconds: retry } : {}) };
    return { ...fallback, ...status, code: response.status, details };
  } catch {
    return { ...fallback, details: retry > 0 ? { retryAfterSeconds: retry } : {} };
  }
}

/** `299 - "text"` as RFC 9111 writes it, several separated by commas. */
export function warnings(header: string | null): string[] {
  if (!header) return [];
  return [...header.matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map((m) => (m[1] ?? "").replace(/\\(.)/g, "$1"));
}
