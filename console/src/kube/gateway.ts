import { query } from "./path";
import { request, requestText, setCsrfToken, StatusError } from "./request";

/** What no cluster answers: the gateway's own short list. */
export interface Session {
  user: string;
  displayName: string;
  /** Has a password here; otherwise an identity provider vouches for him. */
  local: boolean;
  administrator: boolean;
  groups: readonly string[];
  /** The kubeconfig of the hub may not impersonate: the console acts as its user, in its namespace when it has but one. */
  limited?: { reason: "NoImpersonation"; user: string; namespace: string };
  csrf: string;
  mustChangePassword: boolean;
}

export interface ClusterInfo {
  id: string;
  name: string;
  version: string;
  state: string;
  reason: string;
}

type Role = "admin" | "member" | "viewer" | "custom";

export interface BusinessNamespace {
  name: string;
  namespace: string;
  cluster: string;
  phase: string;
}

export interface Business {
  name: string;
  displayName: string;
  role: Role;
  namespaces: readonly BusinessNamespace[];
}

export interface Portal {
  administrator: boolean;
  clusters: readonly ClusterInfo[];
  businesses: readonly Business[];
}

export interface User {
  /** What the gateway says of a user; a new one has neither yet. */
  id?: string;
  local?: boolean;
  name: string;
  displayName: string;
  administrator: boolean;
  email?: string;
  phone?: string;
  groups?: readonly string[];
}

export interface ProviderChange {
  issuer: string;
  clientId: string;
  clientSecret?: string;
  scopes: readonly string[];
  groupsClaim: string;
  groupsPrefix: string;
  adminGroup: string;
  certificateAuthority: string;
}

export interface ProviderSettings extends Omit<ProviderChange, "clientSecret"> {
  enabled: boolean;
  redirectUri: string;
  hasClientSecret: boolean;
}

export type WhyKind = "StatefulSet" | "Pod" | "PersistentVolumeClaim";

/** Something that is the matter: where, and in both languages what it is and what to do. */
export interface WhyFinding {
  rule: string;
  object: string;
  field: string;
  text: { en: string; zh: string };
  next: { en: string; zh: string };
}

/** What was asked about comes first, then what it waits for. */
export interface WhyAnswer {
  items: readonly { object: string; ready: boolean; cause?: WhyFinding; others?: readonly WhyFinding[] }[];
  unseen: readonly string[];
}

const kept = (session: Session) => {
  setCsrfToken(session.csrf, session.user);
  return session;
};

export const currentSession = async () => kept(await request<Session>("/session"));
/** Who is signed in and what there is for him, nothing as long as his password must be changed. */
export async function whoAndWhat(): Promise<{ session: Session; portal?: Portal }> {
  const mine = portal();
  // Refused until the password is changed; the session says so.
  mine.catch(() => {});
  const session = await currentSession();
  return session.mustChangePassword ? { session } : { session, portal: await mine };
}
export const signIn = async (username: string, password: string) =>
  kept(await request<Session>("/session", { method: "POST", body: { username, password }, repeatable: true }));
export const signOut = (everywhere: boolean) =>
  request<void>(everywhere ? "/session?everywhere=true" : "/session", { method: "DELETE" });
export async function changePassword(old: string, fresh: string): Promise<void> {
  try {
    await request<void>("/session/password", { method: "POST", body: { old, new: fresh }, repeatable: true });
  } catch (e) {
    const isOld = e instanceof StatusError && e.causes.some(({ field }) => field === "old");
    if (!isOld || !e.repeated) throw e;
    // The first time may have changed it: whoever can sign in with the new one has it.
    await signIn((await currentSession()).user, fresh).catch(() => Promise.reject(e));
  }
}
/** Whether an identity provider may be asked who somebody is. */
export const providerOffered = async () => (await request<{ enabled: boolean }>("/oidc")).enabled;
export const providerSettings = () => request<ProviderSettings>("/oidc/settings");
export const changeProvider = (settings: ProviderChange) =>
  request<ProviderSettings>("/oidc/settings", { method: "PUT", body: settings });
export const removeProvider = () => request<void>("/oidc/settings", { method: "DELETE" });
export const portal = () => request<Portal>("/portal");
export const addCluster = (name: string, kubeconfig: string) =>
  request<ClusterInfo>("/clusters", { method: "POST", body: { name, kubeconfig } });
export const removeCluster = (id: string) => request<void>(`/clusters/${encodeURIComponent(id)}`, { method: "DELETE" });
export const users = async () => (await request<{ items: User[] }>("/users")).items;
export const addUser = (user: User & { password: string }) => request<void>("/users", { method: "POST", body: user });
/** Replaces the whole user: what is left out is gone. */
export const changeUser = (user: User & { password?: string }) =>
  request<void>(`/users/${encodeURIComponent(idOf(user))}`, { method: "PUT", body: user });
export const removeUser = (user: User) =>
  request<void>(`/users/${encodeURIComponent(idOf(user))}`, { method: "DELETE" });
export const idOf = (user: User) => user.id ?? user.name;
export const kubeconfig = (cluster: string, namespace?: string) =>
  // Each answer has a token of its own, which nobody should have and not know of.
  requestText(query("/kubeconfig", { cluster, namespace }), { accept: "*/*", repeatable: false });
export const why = (cluster: string, namespace: string, kind: WhyKind, name: string) =>
  request<WhyAnswer>(query("/why", { cluster, namespace, kind, name }));
