import { useMemo, useState } from "react";
import { t } from "../../i18n/text";
import type { StatefulSet } from "../../kube/types";
import { KindList } from "../../parts/KindList";
import { objectAddress, useScope } from "../../parts/scope";
import { moreItems, useSetRights } from "./rights";
import { Button } from "../../ui/Button";
import { Menu } from "../../ui/Menu";
import { navigate } from "../../ui/router";
import type { Column } from "../../ui/Table";
import { columns, stateText } from "./columns";
import { id, resource, stateOf } from "./kind";
import type { DialogKind } from "./dialogs";
import { later } from "../../parts/later";

const SetDialog = later(() => import("./dialogs"), null);

export default function List() {
  const scope = useScope();
  const [dialog, setDialog] = useState<{ kind: DialogKind; sets: readonly StatefulSet[] }>();
  const rights = useSetRights();
  const all = useMemo(() => {
    const acts: Column<StatefulSet> = {
      id: "acts",
      title: t("column.actions"),
      width: "258px",
      acts: true,
      cell: (set) => (
        <span className="row">
          <Button kind="link" small {...rights.scale} onClick={() => setDialog({ kind: "scale", sets: [set] })}>
            {t("sts.scale")}
          </Button>
          <Button kind="link" small {...rights.change} onClick={() => setDialog({ kind: "image", sets: [set] })}>
            {t("sts.image")}
          </Button>
          <Menu
            kind="link"
            small
            label={t("act.more")}
            items={[
              {
                label: t("act.editYaml"),
                onSelect: () => navigate(`${objectAddress(scope, id, set.metadata.name, set.metadata.namespace)}/yaml`),
              },
              ...moreItems(rights, (kind) => setDialog({ kind, sets: [set] })),
            ]}
          />
        </span>
      ),
    };
    return [...columns(scope), acts];
  }, [scope, rights]);
  const open = (kind: DialogKind) => (sets: readonly StatefulSet[]) => setDialog({ kind, sets });
  const batch = [
    { label: t("sts.restart"), right: rights.change, run: open("restart") },
    { label: t("sts.scale"), right: rights.scale, run: open("scale") },
    { label: t("act.delete"), danger: true, right: rights.delete, run: open("delete") },
  ];
  return (
    <>
      <KindList<StatefulSet>
        resource={resource}
        title="StatefulSet"
        columns={all}
        status={status}
        batch={batch}
        createAt={scope.namespace ? `${scope.base}/${id}/new` : undefined}
      />
      {dialog && <SetDialog kind={dialog.kind} sets={dialog.sets} scope={scope} onClose={() => setDialog(undefined)} />}
    </>
  );
}

const status = (set: StatefulSet) => `${stateOf(set)} ${stateText(stateOf(set))}`;
