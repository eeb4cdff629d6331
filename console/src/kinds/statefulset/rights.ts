import { useMemo } from "react";
import { t } from "../../i18n/text";
import { useRight, type Granted } from "../../parts/rights";
import type { DialogKind } from "./dialogs";
import { resource } from "./kind";

interface SetRights {
  scale: Granted;
  change: Granted;
  delete: Granted;
}

/** What the user may do to sets here, or to one of them. */
export function useSetRights(name?: string): SetRights {
  const one = name ? { resource, name } : { resource };
  const scale = useRight({ verb: "patch", subresource: "scale", ...one });
  const change = useRight({ verb: "patch", ...one });
  const deletion = useRight({ verb: "delete", ...one });
  return useMemo(() => ({ scale, change, delete: deletion }), [scale, change, deletion]);
}

/** What stands under 更多 beside 编辑YAML. */
export const moreItems = (rights: SetRights, open: (kind: DialogKind) => void) => [
  { label: t("sts.strategy"), ...rights.change, onSelect: () => open("strategy") },
  { label: t("sts.restart"), ...rights.change, onSelect: () => open("restart") },
  { label: t("act.delete"), danger: true, ...rights.delete, onSelect: () => open("delete") },
];
