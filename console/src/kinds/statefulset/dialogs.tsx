import { useMemo, useState } from "react";
import { joined, t } from "../../i18n/text";
import { useList } from "../../kube/hooks";
import { keyOf, known, type Place } from "../../kube/path";
import type { Claim, KubeObject, Service, StatefulSet } from "../../kube/types";
import { patch, patchJson, remove } from "../../kube/write";
import { StepsDialog } from "../../parts/Progress";
import { placeFor, type Scope } from "../../parts/scope";
import { Field, Notice } from "../../ui/pieces";
import { toggled } from "../../ui/toggled";
import { isClaimOf, isServiceOf, partition, resource, rollout, wanted } from "./kind";
import { Ordinals } from "./Ordinals";

export type DialogKind = "scale" | "image" | "strategy" | "restart" | "delete";

interface DialogProps {
  sets: readonly StatefulSet[];
  scope: Scope;
  onClose: () => void;
  onDone?: () => void;
}

const dialogs = { scale: Scale, image: Images, strategy: Strategy, restart: Restart, delete: Delete };

export default function SetDialog({ kind, ...props }: DialogProps & { kind: DialogKind }) {
  const Chosen = dialogs[kind];
  return <Chosen {...props} />;
}

const placeOfSet = (scope: Scope, set: StatefulSet): Place => placeFor(scope, resource, set.metadata.namespace);
const names = (sets: readonly StatefulSet[]) => joined(sets.map((s) => s.metadata.name));

function Scale({ sets, scope, ...rest }: DialogProps) {
  const [count, setCount] = useState(String(sets.length === 1 ? wanted(sets[0]!) : 1));
  const number = Number(count);
  const valid = /^\d+$/.test(count) && number <= 65535;
  const shrinks = sets.some((s) => number < wanted(s));
  return (
    <StepsDialog
      {...rest}
      title={t("sts.scaleTitle", { name: names(sets) })}
      confirm={t("act.done")}
      valid={valid}
      steps={() =>
        sets.map((s) => ({
          name: s.metadata.name,
          run: () =>
            patch(placeOfSet(scope, s), s.metadata.name, { spec: { replicas: number } }, { subresource: "scale" }),
        }))
      }
    >
      {sets.length === 1 && (
        <Field name={t("sts.currentCount")}>{() => <div style={{ paddingTop: 5 }}>{wanted(sets[0]!)}</div>}</Field>
      )}
      <Field name={t("form.replicas")} problem={valid ? undefined : t("rule.replicas")}>
        {(ids) => (
          <input
            {...ids}
            className="text"
            type="number"
            min={0}
            max={65535}
            value={count}
            autoFocus
            onChange={(e) => setCount(e.target.value)}
          />
        )}
      </Field>
      {valid && shrinks && <Notice tone="warn">{t("sts.shrinkHint")}</Notice>}
    </StepsDialog>
  );
}

function Images({ sets, scope, ...rest }: DialogProps) {
  const set = sets[0]!;
  const containers = set.spec.template.spec.containers;
  const [images, setImages] = useState(() => containers.map((c) => c.image ?? ""));
  const run = () => {
    const operations = images.flatMap((image, i) =>
      image === containers[i]?.image
        ? []
        : [
            { op: "test", path: `/spec/template/spec/containers/${i}/name`, value: containers[i]?.name },
            { op: "replace", path: `/spec/template/spec/containers/${i}/image`, value: image.trim() },
          ],
    );
    return operations.length === 0
      ? Promise.resolve()
      : patchJson(placeOfSet(scope, set), set.metadata.name, operations);
  };
  return (
    <StepsDialog
      {...rest}
      title={t("sts.imageTitle", { name: set.metadata.name })}
      confirm={t("act.done")}
      width={680}
      valid={images.every((i) => i.trim() !== "")}
      steps={() => [{ name: set.metadata.name, run }]}
    >
      {containers.map((container, i) => (
        <Field key={container.name} name={container.name}>
          {(ids) => (
            <input
              {...ids}
              className="text mono"
              value={images[i] ?? ""}
              onChange={(e) => setImages(images.with(i, e.target.value))}
            />
          )}
        </Field>
      ))}
      {set.spec.updateStrategy?.type === "OnDelete" && <Notice tone="warn">{t("sts.onDeleteHint")}</Notice>}
    </StepsDialog>
  );
}

function Strategy({ sets, scope, ...rest }: DialogProps) {
  const set = sets[0]!;
  const [type, setType] = useState(set.spec.updateStrategy?.type ?? "RollingUpdate");
  const [from, setFrom] = useState(String(partition(set)));
  const words = useMemo(() => ({ new: t("sts.covered"), held: t("sts.heldBack") }), []);
  const pods = rollout(
    { ...set, spec: { ...set.spec, updateStrategy: { type, rollingUpdate: { partition: Number(from) } } } },
    [],
  );
  const valid = type === "OnDelete" || /^\d+$/.test(from);
  const strategy =
    type === "OnDelete" ? { type, rollingUpdate: null } : { type, rollingUpdate: { partition: Number(from) } };
  return (
    <StepsDialog
      {...rest}
      title={t("sts.strategyTitle", { name: set.metadata.name })}
      confirm={t("act.done")}
      valid={valid}
      steps={() => [
        {
          name: set.metadata.name,
          run: () => patch(placeOfSet(scope, set), set.metadata.name, { spec: { updateStrategy: strategy } }),
        },
      ]}
    >
      <Field name={t("sts.updateType")}>
        {(ids) => (
          <select {...ids} className="text" value={type} onChange={(e) => setType(e.target.value)}>
            <option value="RollingUpdate">{t("sts.rolling")}</option>
            <option value="OnDelete">OnDelete</option>
          </select>
        )}
      </Field>
      {type === "RollingUpdate" && (
        <Field name="Partition" hint={t("sts.partitionHint")} problem={valid ? undefined : t("rule.natural")}>
          {(ids) => (
            <input
              {...ids}
              className="text"
              type="number"
              min={0}
              value={from}
              onChange={(e) => setFrom(e.target.value)}
            />
          )}
        </Field>
      )}
      {type === "OnDelete" ? (
        <Notice>{t("sts.onDeleteHint")}</Notice>
      ) : (
        <Ordinals
          ordinals={pods.map((p) => ({ ...p, state: p.ordinal >= Number(from) ? "new" : "held" }))}
          label={t("sts.partitionPicture")}
          words={words}
        />
      )}
    </StepsDialog>
  );
}

function Restart({ sets, scope, ...rest }: DialogProps) {
  const change = () => ({
    spec: {
      template: { metadata: { annotations: { "kubectl.kubernetes.io/restartedAt": new Date().toISOString() } } },
    },
  });
  return (
    <StepsDialog
      {...rest}
      title={t("sts.restart")}
      confirm={t("sts.restart")}
      steps={() =>
        sets.map((s) => ({ name: s.metadata.name, run: () => patch(placeOfSet(scope, s), s.metadata.name, change()) }))
      }
    >
      <p>{t("sts.restartQuestion", { name: names(sets) })}</p>
    </StepsDialog>
  );
}

function Delete({ sets, scope, ...rest }: DialogProps) {
  const [orphan, setOrphan] = useState(false);
  const [also, setAlso] = useState<ReadonlySet<string>>(new Set());
  const [one, ...more] = new Set(sets.map((s) => s.metadata.namespace ?? scope.namespace));
  const near = { cluster: scope.cluster, namespace: more.length > 0 ? undefined : one };
  const services = useList<Service>({ ...near, resource: known.services });
  const claims = useList<Claim>({ ...near, resource: known.claims });
  const beside = [
    ...services.items
      .filter((s) => sets.some((set) => isServiceOf(set, s)))
      .map((object) => ({ kind: "Service", object, resource: known.services })),
    ...claims.items
      .filter((c) => sets.some((set) => isClaimOf(set, c)))
      .map((object) => ({ kind: "PVC", object, resource: known.claims })),
  ];
  const shown = ({ metadata }: KubeObject) =>
    more.length > 0 ? `${metadata.namespace ?? ""}/${metadata.name}` : metadata.name;
  /** What belongs to a set goes with it, ticked or not: claims, when its retention policy says so. */
  const goesAlong = ({ metadata }: KubeObject) =>
    !orphan && (metadata.ownerReferences?.some((o) => sets.some((set) => set.metadata.uid === o.uid)) ?? false);
  const gone = beside.filter(({ object }) => also.has(keyOf(object)) || goesAlong(object));
  const chosen = gone.filter(({ object }) => !goesAlong(object));
  return (
    <StepsDialog
      {...rest}
      title={t("act.deleteTitle")}
      confirm={t("act.delete")}
      danger
      steps={() => [
        ...sets.map((s) => ({
          name: `StatefulSet ${shown(s)}`,
          run: () =>
            remove(placeOfSet(scope, s), s.metadata.name, {
              propagationPolicy: orphan ? "Orphan" : "Background",
              uid: s.metadata.uid,
            }),
        })),
        ...chosen.map(({ kind, object, resource: r }) => ({
          name: `${kind} ${shown(object)}`,
          run: () =>
            remove(placeFor(scope, r, object.metadata.namespace), object.metadata.name, { uid: object.metadata.uid }),
        })),
      ]}
    >
      <p>{t("sts.deleteQuestion", { name: joined(sets.map(shown)) })}</p>
      <div className="stack">
        <label className="choice">
          <input type="radio" checked={!orphan} onChange={() => setOrphan(false)} />
          <span>{t("sts.cascade")}</span>
        </label>
        <label className="choice">
          <input type="radio" checked={orphan} onChange={() => setOrphan(true)} />
          <span>{t("sts.orphan")}</span>
        </label>
      </div>
      {beside.length > 0 && (
        <fieldset style={{ marginTop: 16, border: "1px solid var(--line)", borderRadius: 6 }}>
          <legend className="quiet">{t("sts.alsoDelete")}</legend>
          {beside.map(({ kind, object }) => (
            <div key={`${kind} ${keyOf(object)}`}>
              <label className="choice">
                <input
                  type="checkbox"
                  checked={also.has(keyOf(object)) || goesAlong(object)}
                  disabled={goesAlong(object)}
                  onChange={() => setAlso(toggled(also, keyOf(object)))}
                />
                {kind} <code>{shown(object)}</code>
              </label>
            </div>
          ))}
          {gone.some(({ kind }) => kind === "PVC") && <Notice tone="bad">{t("sts.claimsGone")}</Notice>}
        </fieldset>
      )}
    </StepsDialog>
  );
}
