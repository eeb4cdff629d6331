import { currentLanguage, joined, t } from "../i18n/text";
import type { StatusError } from "../kube/request";
import type { LabelSelector } from "../kube/types";

/** How long ago, as kubectl writes it. */
export function age(since: string | null | undefined, now = Date.now()): string {
  if (!since) return "-";
  const seconds = Math.max(0, Math.floor((now - Date.parse(since)) / 1000));
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return seconds % 60 ? `${minutes}m${seconds % 60}s` : `${minutes}m`;
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 8) return minutes % 60 ? `${hours}h${minutes % 60}m` : `${hours}h`;
  if (hours < 48) return `${hours}h`;
  const days = Math.floor(hours / 24);
  if (days < 8) return hours % 24 ? `${days}d${hours % 24}h` : `${days}d`;
  return days < 730 ? `${days}d` : `${Math.floor(days / 365)}y`;
}

const momentIn = (locale: string) =>
  new Intl.DateTimeFormat(locale, { dateStyle: "short", timeStyle: "medium", hour12: false });
/** Made once: making one costs more than a row of a table. */
const moments = { zh: momentIn("zh-CN"), en: momentIn("en-GB") };

export function moment(time: string | null | undefined): string {
  if (!time) return "-";
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? time : moments[currentLanguage()].format(date);
}

export const labelList = (labels: Readonly<Record<string, string>> | undefined): string[] =>
  Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`);

export function selectorText(selector: LabelSelector | undefined): string {
  const expressions = (selector?.matchExpressions ?? []).map((e) =>
    `${e.key} ${e.operator} ${(e.values ?? []).join(",")}`.trim(),
  );
  return joined([...labelList(selector?.matchLabels), ...expressions]);
}

/** As the API wants it for a watch. */
export function selectorQuery(selector: LabelSelector | undefined): string {
  const words: Readonly<Record<string, (key: string, values: string) => string>> = {
    In: (k, v) => `${k} in (${v})`,
    NotIn: (k, v) => `${k} notin (${v})`,
    Exists: (k) => k,
    DoesNotExist: (k) => `!${k}`,
  };
  const expressions = (selector?.matchExpressions ?? []).map(
    (e) => words[e.operator]?.(e.key, (e.values ?? []).join(",")) ?? e.key,
  );
  return [...labelList(selector?.matchLabels), ...expressions].join(",");
}

/** What went wrong, for people: the server's own sentence, after a word of ours where it needs one. */
export function errorText(error: StatusError): string {
  const said = error.message;
  switch (error.code) {
    case 0:
      return t("error.unreachable", { said });
    case 403:
      return t("error.forbidden", { said });
    case 404:
      return t("error.notFound", { said });
    case 409:
      return t("error.conflict", { said });
    case 429:
      return t("error.tooMany", { seconds: error.status.details?.retryAfterSeconds ?? 1 });
    default:
      return said;
  }
}
