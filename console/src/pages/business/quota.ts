import { joined, t } from "../../i18n/text";
import { mebi, parseQuantity } from "../../parts/quantity";
import type { BusinessNamespace, Hard, Project } from "./objects";

export type Unit = "count" | "cores" | "mebibytes";

/** What the quota of a business counts, in the order in which people look for it. */
export const quotaKeys: Readonly<Record<string, Unit>> = {
  "requests.cpu": "cores",
  "limits.cpu": "cores",
  "requests.memory": "mebibytes",
  "limits.memory": "mebibytes",
  "requests.ephemeral-storage": "mebibytes",
  "limits.ephemeral-storage": "mebibytes",
  pods: "count",
  services: "count",
  "services.nodeports": "count",
  "services.loadbalancers": "count",
  persistentvolumeclaims: "count",
  configmaps: "count",
  secrets: "count",
  resourcequotas: "count",
};

/** Whole thousandths of a core, bytes or pieces, rounded up as the cluster does, so that sums are exact. */
export function amount(key: string, quantity: string | number): number {
  const value = parseQuantity(String(quantity)) ?? 0;
  const exact = quotaKeys[key] === "cores" ? value * 1000 : value;
  const near = Math.round(exact);
  return Math.abs(exact - near) < 1e-6 * Math.max(1, Math.abs(exact)) ? near : Math.ceil(exact);
}

const trimmed = (value: number, digits: number) => String(Number(value.toFixed(digits)));

/** An amount in the unit that people type: cores, MiB, pieces. */
export function typed(key: string, of: number): string {
  switch (quotaKeys[key]) {
    case "cores":
      return trimmed(of / 1000, 3);
    case "mebibytes":
      return trimmed(of / mebi, 3);
    default:
      return String(of);
  }
}

/** What was typed as a quantity; undefined when it is none of this unit. */
export function quantityOf(key: string, input: string): string | undefined {
  switch (quotaKeys[key]) {
    case "cores": {
      if (!/^\d+(\.\d{1,3})?$/.test(input)) return undefined;
      const milli = Math.round(Number(input) * 1000);
      return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
    }
    case "mebibytes":
      return /^\d+$/.test(input) ? `${Number(input)}Mi` : undefined;
    case "count":
      return /^\d+$/.test(input) ? String(Number(input)) : undefined;
    default:
      return parseQuantity(input) === undefined ? undefined : input;
  }
}

export interface QuotaRow {
  key: string;
  input: string;
}

const inputOf = (key: string, quantity: string | number) =>
  quotaKeys[key] ? typed(key, amount(key, quantity)) : String(quantity);

const order = Object.keys(quotaKeys);
const place = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);

/** The keys of quotas in the one order in which they are always shown. */
export const keysOf = (...quotas: readonly (Hard | undefined)[]): string[] =>
  [...new Set(quotas.flatMap((hard) => Object.keys(hard ?? {})))].sort(
    (a, b) => place(a) - place(b) || (a < b ? -1 : 1),
  );

/** What stands in a quota as rows; keys that must have a limit are there, too, also while it is missing. */
export const rowsOf = (hard: Hard, must: readonly string[] = []): QuotaRow[] => [
  ...keysOf(hard).map((key) => ({ key, input: inputOf(key, hard[key]!) })),
  ...must.filter((key) => !(key in hard)).map((key) => ({ key, input: "" })),
];

/** The quantity in the words of its author, as long as nobody touched its row. */
const untouched = ({ key, input }: QuotaRow, before: Hard): string | number | undefined => {
  const old = before[key];
  return old !== undefined && inputOf(key, old) === input ? old : undefined;
};

/** The quota that the rows say. A quantity that nobody touched stays in the words of its author. */
export const hardOf = (rows: readonly QuotaRow[], before: Hard): Hard =>
  Object.fromEntries(
    rows.map((row) => [row.key, untouched(row, before) ?? quantityOf(row.key, row.input) ?? row.input]),
  );

/** The first key that a quota has no row for. */
export const nextKey = (rows: readonly QuotaRow[]): string | undefined =>
  Object.keys(quotaKeys).find((key) => rows.every((row) => row.key !== key));

/** Amounts a quota may go up to and must not go below. */
export interface Bounds {
  most: Readonly<Record<string, number>>;
  least: Readonly<Record<string, number>>;
}

export const unbounded: Bounds = { most: {}, least: {} };

const amounts = (hard: Hard) => Object.fromEntries(Object.entries(hard).map(([key, q]) => [key, amount(key, q)]));

export const atLeast = (used: Hard | undefined): Bounds => ({ most: {}, least: amounts(used ?? {}) });

/**
 * What is left of a business's quota in one cluster for one of its namespaces: what the business has, less what its other namespaces
 * were granted. Never below zero: a business may have been given less than it had.
 */
export function remaining(limit: Hard, granted: readonly Hard[]): Record<string, number> {
  return Object.fromEntries(
    Object.entries(limit).map(([key, quantity]) => {
      const taken = granted.reduce((sum, hard) => sum + (key in hard ? amount(key, hard[key]!) : 0), 0);
      return [key, Math.max(0, amount(key, quantity) - taken)];
    }),
  );
}

interface Owner {
  project: Project | undefined;
  namespaces: readonly BusinessNamespace[];
}

/**
 * What a namespace of a business may have in a cluster. What its neighbours only wish for is not counted: it is not theirs. The cluster
 * counts again and decides.
 */
export function boundsIn({ project, namespaces }: Owner, cluster: string, own?: BusinessNamespace): Bounds {
  const limit = project?.spec.clusters?.[cluster]?.hard ?? {};
  const others = namespaces.filter((n) => n.spec.clusterName === cluster && n.metadata.name !== own?.metadata.name);
  const granted = others.map((n) => n.status?.hard ?? {});
  return { most: remaining(limit, granted), least: amounts(own?.status?.used ?? {}) };
}

/** What is wrong with each row, said for people; undefined where nothing is. */
export function problemsOf(
  rows: readonly QuotaRow[],
  { most, least }: Bounds,
  before: Hard = {},
): (string | undefined)[] {
  return rows.map((row) => {
    const { key, input } = row;
    if (rows.filter((other) => other.key === key).length > 1) return t("rule.unique");
    const quantity = untouched(row, before) ?? quantityOf(key, input);
    if (quantity === undefined) return t(`quota.rule.${quotaKeys[key] ?? "other"}`);
    const value = amount(key, quantity);
    const [max, min] = [most[key], least[key]];
    if (max !== undefined && value > max) return t("quota.over", { most: withUnit(key, max) });
    if (min !== undefined && value < min) return t("quota.under", { used: withUnit(key, min) });
    return undefined;
  });
}

export const keyText = (key: string) => (quotaKeys[key] ? t(`quota.key.${key}` as "quota.key.pods") : key);
const said = (key: string, n: string) => (quotaKeys[key] ? t(`quota.with.${quotaKeys[key]}`, { n }) : n);
export const unitText = (key: string) => said(key, "").trim();
export const withUnit = (key: string, of: number) => said(key, typed(key, of));

/** One limit for people; a dash where there is none. */
export function limitText(key: string, hard: Hard | undefined): string {
  const quantity = hard?.[key];
  return quantity === undefined ? "-" : quotaKeys[key] ? withUnit(key, amount(key, quantity)) : String(quantity);
}

/** A quota in one line. */
export const hardText = (hard: Hard | undefined): string =>
  joined(keysOf(hard).map((key) => `${keyText(key)}: ${limitText(key, hard)}`)) || t("quota.unlimited");

/** What makes the one quota of the other in a merge patch, which else would leave what was taken out. */
export const change = (before: Hard, after: Hard): Record<string, string | number | null> => ({
  ...Object.fromEntries(Object.keys(before).map((key) => [key, null])),
  ...after,
});
