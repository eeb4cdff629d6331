import type { ComponentType } from "react";
import type { Parameters } from "./ui/router";

export type Page = ComponentType<{ parameters: Parameters }>;

export interface Route {
  path: string;
  /** What the frame shows around the page. */
  frame: "none" | "business" | "platform";
  load: () => Promise<{ default: Page }>;
}

const list = () => import("./pages/ListPage");
const create = () => import("./pages/CreatePage");
const createYaml = () => import("./pages/CreateYamlPage");
const details = () => import("./pages/DetailsPage");
const yaml = () => import("./pages/EditYamlPage");
const edit = () => import("./pages/EditPage");
const business = () => import("./pages/business/DetailsPage");

/** Pages within one namespace (business) or one cluster (platform) have the same shape under both. */
const within = (base: string, frame: "business" | "platform"): Route[] => [
  { path: `${base}/yaml/new`, frame, load: createYaml },
  { path: `${base}/:resource`, frame, load: list },
  { path: `${base}/:resource/new`, frame, load: create },
  { path: `${base}/:resource/:name`, frame, load: details },
  { path: `${base}/:resource/:name/yaml`, frame, load: yaml },
  { path: `${base}/:resource/:name/edit`, frame, load: edit },
];

/** The console's pages as data; the first that fits is shown. */
export const routes: readonly Route[] = [
  { path: "/login", frame: "none", load: () => import("./pages/LoginPage") },
  { path: "/password", frame: "none", load: () => import("./pages/PasswordPage") },
  { path: "/blank", frame: "business", load: () => import("./pages/BlankPage") },
  { path: "/b", frame: "business", load: () => import("./pages/business/MinePage") },
  { path: "/b/:business", frame: "business", load: business },
  { path: "/p/clusters", frame: "platform", load: () => import("./pages/ClustersPage") },
  { path: "/p/users", frame: "platform", load: () => import("./pages/UsersPage") },
  { path: "/p/businesses", frame: "platform", load: () => import("./pages/business/ListPage") },
  { path: "/p/businesses/new", frame: "platform", load: () => import("./pages/business/CreatePage") },
  { path: "/p/businesses/:business", frame: "platform", load: business },
  ...within("/b/:business/:cluster/:namespace", "business"),
  ...within("/p/:cluster/:namespace", "platform"),
];
