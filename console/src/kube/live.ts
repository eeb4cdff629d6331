import { query } from "./path";
import { asStatus, open, request, StatusError } from "./request";
import type { KubeList, KubeObject, TableColumn, TableRow } from "./types";
import { applyEvents, lines, merged, type WatchEvent } from "./watch";

export interface LiveState<T extends KubeObject> {
  items: readonly T[];
  columns: readonly TableColumn[];
  /** No answer yet. */
  loading: boolean;
  /** What keeps it from being shown: a broken connection does only while nothing has come. */
  error: StatusError | undefined;
  /** The connection is broken and being mended; what is shown may be old. */
  stale: boolean;
}

export interface LiveOptions {
  labelSelector?: string | undefined;
  fieldSelector?: string | undefined;
  /** The server's own columns instead of objects. */
  table?: boolean;
}

/** How long to wait before the n-th try: 0.5 s doubling to 15 s, spread so that many consoles do not come back at once. */
export const backoff = (failures: number, chance: number) =>
  Math.min(15_000, 500 * 2 ** failures) * (0.75 + chance / 2);

const tableAccept = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

interface TableAnswer {
  kind?: string;
  metadata: { resourceVersion?: string };
  items?: KubeObject[];
  columnDefinitions?: TableColumn[];
  rows?: { cells: unknown[]; object: KubeObject }[];
}

/** One list of a cluster, kept true by a watch for as long as somebody looks at it. */
export class LiveList<T extends KubeObject> {
  private state: LiveState<T> = { items: [], columns: [], loading: true, error: undefined, stale: false };
  private list: KubeList<T> = { resourceVersion: "", items: [] };
  private readonly listeners = new Set<() => void>();
  private stop: AbortController | undefined;
  private wake: () => void = () => {};
  private waiting: WatchEvent<T>[] = [];

  constructor(
    private readonly path: string,
    private readonly options: LiveOptions,
    private readonly whenIdle: () => void,
  ) {}

  readonly snapshot = () => this.state;

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    if (!this.stop) {
      this.stop = new AbortController();
      void this.run(this.stop.signal);
    }
    return () => {
      this.listeners.delete(listener);
      // A page that is left and entered again at once finds its list still alive.
      if (this.listeners.size === 0) setTimeout(() => this.rest(), 20_000);
    };
  };

  /** Tries at once what waits for its next try. */
  readonly retry = () => this.wake();

  private rest(): void {
    if (this.listeners.size > 0) return;
    this.stop?.abort();
    this.stop = undefined;
    this.whenIdle();
  }

  private async run(signal: AbortSignal): Promise<void> {
    // A list alone proves nothing: what the watch says does.
    let failures = 0;
    const works = () => {
      failures = 0;
    };
    while (!signal.aborted) {
      try {
        await this.fetchList(signal);
        await this.watch(signal, works);
      } catch (e) {
        if (signal.aborted) return;
        const error = asStatus(e);
        // Neither an expired watch nor one that broke off once is a fault: list again, show nothing of it, and wait only if it goes on.
        const first = failures === 0 && this.list.resourceVersion !== "" && error.code === 0;
        const quiet = error.code === 410 || first;
        const known = this.list.resourceVersion !== "";
        if (!quiet) this.publish(known && isBroken(error) ? { stale: true } : { error, loading: false, stale: known });
        if (error.code === 403 || error.code === 404) failures = Math.max(failures, 5);
        if (!quiet || (failures > 0 && !first)) await this.pause(backoff(failures, Math.random()));
        failures++;
      }
    }
  }

  private async fetchList(signal: AbortSignal): Promise<void> {
    const accept = this.options.table ? tableAccept : "application/json";
    const answer = await request<TableAnswer>(query(this.path, this.selectors()), { accept, signal });
    const items = (answer.rows ? answer.rows.map(rowOf) : (answer.items ?? [])) as unknown as T[];
    this.list = merged(this.list, { resourceVersion: answer.metadata.resourceVersion ?? "", items });
    const columns = answer.columnDefinitions ?? this.state.columns;
    this.publish({ items: this.list.items, columns, loading: false, error: undefined, stale: false });
  }

  /** Returns when the server ends the watch in good order or it must be listed anew; throws when the connection breaks. */
  private async watch(signal: AbortSignal, works: () => void): Promise<void> {
    for (;;) {
      const parameters = {
        ...this.selectors(),
        watch: 1,
        allowWatchBookmarks: true,
        resourceVersion: this.list.resourceVersion,
      };
      const accept = this.options.table ? tableAccept : "application/json";
      const response = await open(query(this.path, parameters), { accept, signal });
      if (this.state.stale) this.publish({ stale: false, error: undefined });
      if (!response.body) return;
      let heard = 0;
      try {
        for await (const line of lines(response.body)) {
          const event = eventOf<T>(JSON.parse(line));
          if (event.type === "ERROR") throw new StatusError(event.object);
          this.hear(event);
          heard++;
          works();
        }
      } finally {
        // Nothing that was heard may wait until there is a newer list.
        this.flush();
      }
      if (heard === 0) await this.pause(1000);
    }
  }

  private selectors() {
    return { labelSelector: this.options.labelSelector, fieldSelector: this.options.fieldSelector };
  }

  /** Many events of one moment are one change of the page. */
  private hear(event: WatchEvent<T>): void {
    if (this.waiting.push(event) === 1) setTimeout(() => this.flush(), 30);
  }

  private flush(): void {
    if (this.waiting.length === 0) return;
    const before = this.list;
    this.list = applyEvents(this.list, this.waiting);
    this.waiting = [];
    if (before.items !== this.list.items) this.publish({ items: this.list.items });
  }

  private publish(change: Partial<LiveState<T>>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }

  private pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Nobody answers, or nobody can just now: no reason to take away what is shown. */
const isBroken = ({ code }: StatusError) => code === 0 || code === 429 || code >= 500;

const rowOf = (row: { cells: unknown[]; object: KubeObject }): TableRow => ({
  metadata: row.object.metadata,
  cells: row.cells,
});

/** An event that carries a Table with one row is an event about that row. */
function eventOf<T extends KubeObject>(raw: { type: string; object: TableAnswer }): WatchEvent<T> {
  const row = raw.object.kind === "Table" ? raw.object.rows?.[0] : undefined;
  if (!row) return raw as unknown as WatchEvent<T>;
  const object = raw.type === "BOOKMARK" ? { metadata: row.object.metadata } : rowOf(row);
  return { type: raw.type, object } as unknown as WatchEvent<T>;
}
