import { useEffect } from "react";
import { useList } from "../../kube/hooks";
import { useConsole } from "../../parts/scope";
import { namespacePlace, type BusinessNamespace } from "./objects";

/** How long until what the hub's watch has told is what the gateway says, too; asked once more after it. */
const lag = 1500;

/** Reads again what the user may see once the namespaces of his business are others, so that choices offer what there is. */
export function useFollowed(business: string | undefined): void {
  const { portal, reload } = useConsole();
  const { items, loading, error } = useList<BusinessNamespace>(business ? namespacePlace(business) : undefined);
  const shown = portal.businesses.find((b) => b.name === business)?.namespaces ?? [];
  const unknown = loading || error !== undefined;
  const now = unknown ? "" : said(items.map((n) => [n.metadata.name, n.status?.phase ?? "Pending"]));
  const before = said(shown.map((n) => [n.name, n.phase]));
  const differs = !unknown && now !== before;
  useEffect(() => {
    if (!differs) return;
    const read = () => void reload().catch(() => undefined);
    read();
    const timer = setTimeout(read, lag);
    return () => clearTimeout(timer);
  }, [differs, now, reload]);
}

const said = (namespaces: readonly (readonly [name: string, phase: string])[]) =>
  namespaces
    .map((n) => n.join(" "))
    .sort()
    .join();
