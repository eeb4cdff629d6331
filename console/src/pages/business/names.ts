import type { Key } from "../../i18n/text";

const letters = "abcdefghijklmnopqrstuvwxyz0123456789";

/** A name for a new business: `prj-` and eight letters, of bytes that are random. */
export const businessId = (random: Uint8Array) =>
  `prj-${[...random.slice(0, 8)].map((byte) => letters[byte % letters.length]).join("")}`;

const reserved = /^(kube-|default$|ordinal-system$|prj-[a-z0-9]{8}$)/;

/** What is wrong with the name of a business's namespace, before the cluster is asked. */
export function namespaceProblem(name: string): Key | undefined {
  if (name === "") return "rule.required";
  if (name.length > 48 || !/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name)) return "business.nameRule";
  return reserved.test(name) ? "business.nameReserved" : undefined;
}
