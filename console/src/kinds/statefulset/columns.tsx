import { t } from "../../i18n/text";
import type { StatefulSet } from "../../kube/types";
import { ageColumn, labelsColumn, nameColumn, namespaceColumn, selectorColumn } from "../../parts/columns";
import { objectAddress, type Scope } from "../../parts/scope";
import { WhyButton } from "../../parts/Why";
import { Dot } from "../../ui/pieces";
import type { Column } from "../../ui/Table";
import { id, ready, stateOf, wanted, type SetState } from "./kind";

const tones = { Ready: "good", Updating: "warn", Progressing: "warn", Stopped: "quiet" } as const;
export const stateText = (state: SetState) => t(`sts.state${state}`);

export function columns(scope: Scope): Column<StatefulSet>[] {
  return [
    nameColumn((set) => objectAddress(scope, id, set.metadata.name, set.metadata.namespace)),
    ...(scope.namespace ? [] : [namespaceColumn<StatefulSet>()]),
    {
      id: "status",
      title: t("column.status"),
      width: "168px",
      value: (set) => stateText(stateOf(set)),
      cell: (set) => {
        const state = stateOf(set);
        return (
          <span className="row">
            <Dot tone={tones[state]} busy={state === "Progressing" || state === "Updating"}>
              {stateText(state)}
            </Dot>
            {(state === "Progressing" || state === "Updating") && <WhyButton kind="StatefulSet" object={set} />}
          </span>
        );
      },
    },
    // Optional where the namespaces need the room.
    labelsColumn(!scope.namespace),
    selectorColumn((set) => set.spec.selector),
    {
      id: "replicas",
      title: t("sts.replicas"),
      width: "176px",
      value: (set) => ready(set),
      cell: (set) => (
        <span
          title={t("sts.replicasHelp", { ready: ready(set), observed: set.status?.replicas ?? 0, wanted: wanted(set) })}
        >
          {set.status?.replicas ?? 0}/{wanted(set)}
          <span className="quiet" style={{ marginLeft: 12 }}>
            {t("sts.readyCount", { count: ready(set) })}
          </span>
        </span>
      ),
    },
    {
      id: "images",
      title: t("column.images"),
      width: "minmax(120px, 1.2fr)",
      optional: true,
      value: (set) => images(set),
      cell: (set) => images(set),
    },
    ageColumn(),
  ];
}

const images = (set: StatefulSet) => set.spec.template.spec.containers.map((c) => c.image ?? "").join(", ");
