import { t } from "../i18n/text";
import type { StatusError } from "../kube/request";
import { Notice } from "../ui/pieces";
import { errorText } from "./words";

/** A refused request, with every field that the server named. */
export function Problem({ error }: { error: StatusError | undefined }) {
  if (!error) return null;
  const causes = error.causes.filter((c) => c.field);
  return (
    <Notice tone="bad">
      {errorText(error)}
      {causes.length > 1 && (
        <ul>
          {causes.map((c) => (
            <li key={`${c.field} ${c.message}`}>
              <code>{c.field}</code>: {c.message}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}

/** All that the server said about one field, to be shown beside it. */
export const causesOf = (error: StatusError | undefined, field: string): string | undefined =>
  error?.causes.flatMap((c) => (c.field === field && c.message ? [c.message] : [])).join(" ") || undefined;

export function Loading() {
  return <div className="empty">{t("state.loading")}</div>;
}
