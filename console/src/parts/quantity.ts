export const mebi = 2 ** 20;
const suffixes: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: mebi,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** A quantity as Kubernetes writes it; undefined when it is none. */
export function parseQuantity(text: string): number | undefined {
  const [, number, suffix = ""] = /^\+?(\d+(?:\.\d*)?|\.\d+)([eE][-+]?\d+|[A-Za-z]{0,2})$/.exec(text) ?? [];
  if (number === undefined) return undefined;
  if (/^[eE][-+]?\d/.test(suffix)) return Number(number + suffix);
  const factor = suffixes[suffix];
  return factor === undefined ? undefined : Number(number) * factor;
}

/** Bytes for people: `23.5 GiB`; what is no quantity stays as it is. */
export function gibibytes(text: string): string {
  const bytes = parseQuantity(text);
  return bytes === undefined ? text : `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
