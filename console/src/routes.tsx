import { kinds, type KindPages } from "./pages/kinds";
import { later, type Later } from "./parts/later";
import { match, type Parameters } from "./ui/router";

type Page = Later<{ parameters: Parameters }>;

export interface Route {
  path: string;
  /** What the frame shows around the page. */
  frame: "none" | "business" | "platform";
  page: Page;
}

export const frame = later(() => import("./pages/Frame"));

const list = later(() => import("./pages/ListPage"));
const create = later(() => import("./pages/CreatePage"));
const createYaml = later(() => import("./pages/CreateYamlPage"));
const details = later(() => import("./pages/DetailsPage"));
const yaml = later(() => import("./pages/EditYamlPage"));
const edit = later(() => import("./pages/EditPage"));
const clusters = later(() => import("./pages/ClustersPage"));
const mine = later(() => import("./pages/business/MinePage"));
const business = later(() => import("./pages/business/DetailsPage"));

/** Pages within one namespace (business) or one cluster (platform) have the same shape under both. */
const within = (base: string, frame: "business" | "platform"): Route[] => [
  { path: `${base}/yaml/new`, frame, page: createYaml },
  { path: `${base}/:resource`, frame, page: list },
  { path: `${base}/:resource/new`, frame, page: create },
  { path: `${base}/:resource/:name`, frame, page: details },
  { path: `${base}/:resource/:name/yaml`, frame, page: yaml },
  { path: `${base}/:resource/:name/edit`, frame, page: edit },
];

/** The console's pages as data; the first that fits is shown. */
export const routes: readonly Route[] = [
  { path: "/login", frame: "none", page: later(() => import("./pages/LoginPage")) },
  { path: "/password", frame: "none", page: later(() => import("./pages/PasswordPage")) },
  { path: "/blank", frame: "business", page: later(() => import("./pages/BlankPage")) },
  { path: "/b", frame: "business", page: mine },
  { path: "/b/:business", frame: "business", page: business },
  { path: "/p/clusters", frame: "platform", page: clusters },
  { path: "/p/users", frame: "platform", page: later(() => import("./pages/UsersPage")) },
  { path: "/p/businesses", frame: "platform", page: later(() => import("./pages/business/ListPage")) },
  { path: "/p/businesses/new", frame: "platform", page: later(() => import("./pages/business/CreatePage")) },
  { path: "/p/businesses/:business", frame: "platform", page: business },
  ...within("/b/:business/:cluster/:namespace", "business"),
  ...within("/p/:cluster/:namespace", "platform"),
];

/** The page at an address; undefined when there is none. */
export function pageAt(path: string): { route: Route; parameters: Parameters } | undefined {
  for (const route of routes) {
    const parameters = match(route.path, path);
    if (parameters) return { route, parameters };
  }
  return undefined;
}

/** Which of a kind's own parts a page shows. */
const ownPart = new Map<Page, keyof KindPages>([
  [list, "List"],
  [create, "Create"],
  [details, "Details"],
  [edit, "Edit"],
]);

const begin = (part: Later<never> | undefined) => part?.ahead().catch(() => {});

/** Begins to load what an address shows, all of it at once. */
export function loadFor(path: string): void {
  const found = pageAt(path);
  if (found) void begin(found.route.page);
  if (found?.route.frame === "none") return;
  void begin(frame);
  const own = found && ownPart.get(found.route.page);
  if (own) void begin(kinds[found.parameters["resource"] ?? ""]?.[own]);
}

/** Begins to load what somebody sees first who is about to sign in, whoever he is. */
export function loadFirst(): void {
  for (const part of [frame, clusters, mine, list, kinds["statefulsets.apps"]?.List]) void begin(part);
}

/** What somebody who is signed in wants next, most likely. Loaded one after the other: what he wants now comes first. */
export async function loadAhead(): Promise<void> {
  const ofKinds = Object.values(kinds).flatMap((kind) => [kind.List, kind.Details]);
  for (const part of [list, ...ofKinds, details, business]) await begin(part);
}
