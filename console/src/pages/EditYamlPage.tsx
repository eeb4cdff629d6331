import { useEffect, useState } from "react";
import { parseDocument, stringify } from "yaml";
import { t } from "../i18n/text";
import { useAction, useAsync } from "../kube/hooks";
import { objectPath } from "../kube/path";
import { request, StatusError } from "../kube/request";
import type { KubeObject, Resource } from "../kube/types";
import { replace } from "../kube/write";
import { DetailsHeader } from "../parts/DetailsHeader";
import { merge, withoutNoise, withStatusOf, type Tree } from "../parts/manifest";
import { Loading, Problem } from "../parts/Problem";
import { useRight } from "../parts/rights";
import { placeOf, useResource, useScope } from "../parts/scope";
import { Button, type ButtonProps } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { Notice, toast } from "../ui/pieces";
import { navigate, setLeaveGuard, type Parameters } from "../ui/router";
import { valueOf } from "../parts/yamlText";
import { later } from "../parts/later";

const YamlEditor = later(() => import("../parts/YamlEditor"));
const DiffView = later(() => import("../parts/DiffView"));

export default function EditYamlPage({ parameters }: { parameters: Parameters }) {
  const { base } = useScope();
  const { resource: id = "", name = "" } = parameters;
  return <Edit key={`${base}/${id}/${name}`} id={id} name={name} />;
}

interface DoneProps extends Pick<ButtonProps, "busy" | "disabled" | "onClick"> {
  resource: Resource;
  name: string;
}

function Done({ resource, name, disabled, ...rest }: DoneProps) {
  const right = useRight({ verb: "update", resource, name });
  return (
    <Button kind="primary" {...rest} title={right.title} disabled={disabled === true || right.disabled}>
      {t("act.done")}
    </Button>
  );
}

/** 编辑YAML: a dry run and the difference come before the change; a conflict shows what the other side did. */
function Edit({ id, name }: { id: string; name: string }) {
  const scope = useScope();
  const { resource } = useResource(id);
  const place = resource && placeOf(scope, resource);
  const loaded = useAsync(
    async () => (place ? await request<KubeObject>(objectPath(place, name)) : undefined),
    resource ? "known" : "",
  );
  /** What the edit began with, whole: its status is not shown and goes back as it came. */
  const [base, setBase] = useState<KubeObject>();
  const [text, setText] = useState("");
  const [ask, setAsk] = useState<"save" | { theirs: KubeObject }>();
  /** What both sides changed, after ours was applied again on top of theirs. */
  const [clashes, setClashes] = useState<readonly string[]>([]);
  const [warnings, setWarnings] = useState<readonly string[]>([]);
  const back = `${scope.base}/${id}`;
  const original = base ? editable(base) : "";
  if (loaded.value && !base) {
    setBase(loaded.value);
    setText(editable(loaded.value));
  }
  const changed = base !== undefined && text !== original;
  useEffect(() => {
    setLeaveGuard(changed ? () => confirm(t("yaml.leave")) : undefined);
    return () => setLeaveGuard(undefined);
  }, [changed]);
  const put = async (dryRun: boolean) => {
    const said: string[] = [];
    try {
      await replace(place!, withStatusOf(base!, parsed(text)), dryRun, (w) => said.push(w));
    } catch (e) {
      if (!(e instanceof StatusError) || e.code !== 409) throw e;
      return setAsk({ theirs: await request<KubeObject>(objectPath(place!, name)) });
    }
    setWarnings(said);
    if (dryRun) return setAsk("save");
    setLeaveGuard(undefined);
    toast(t("yaml.saved", { name }));
    said.forEach((w) => toast(w));
    navigate(back);
  };
  const check = useAction(() => put(true));
  const save = useAction(() => put(false));
  const reapply = (theirs: KubeObject) => {
    const visible = (object: KubeObject) => tree(withoutNoise(object, true));
    const { merged, clashes: both } = merge(visible(base!), tree(parsed(text)), visible(theirs));
    setBase(theirs);
    setClashes(both);
    setText(stringify(merged));
    setAsk(undefined);
  };
  if (loaded.error) return <Problem error={loaded.error} />;
  if (!base || !resource) return <Loading />;
  const error = ask === undefined ? check.error : save.error;
  const immutable = error?.message.includes("Forbidden: updates to statefulset spec");
  return (
    <div className="page">
      <DetailsHeader title={t("yaml.updateTitle", { kind: resource.kind, name })} back={back} />
      {clashes.length > 0 && (
        <Notice tone="warn">
          {t("yaml.clashes")} <code>{clashes.join(", ")}</code>
        </Notice>
      )}
      <YamlEditor text={text} onChange={setText} label="YAML" cluster={scope.cluster} />
      {ask === undefined && <Problem error={error} />}
      {immutable && <Notice>{t("yaml.immutable")}</Notice>}
      <footer className="row">
        <Done resource={resource} name={name} busy={check.busy} disabled={!changed} onClick={() => void check.run()} />
        <Button onClick={() => navigate(back)}>{t("act.cancel")}</Button>
        <span className="quiet">{t("yaml.keys")}</span>
      </footer>
      {ask === "save" && (
        <Dialog
          title={t("yaml.confirmTitle")}
          closeText={t("act.close")}
          width={1000}
          onClose={() => setAsk(undefined)}
          footer={
            <>
              <Button onClick={() => setAsk(undefined)}>{t("yaml.editOn")}</Button>
              <Button kind="primary" busy={save.busy} onClick={() => void save.run()}>
                {t("yaml.confirm")}
              </Button>
            </>
          }
        >
          {warnings.map((w) => (
            <Notice key={w} tone="warn">
              {w}
            </Notice>
          ))}
          <Problem error={save.error} />
          <DiffView before={original} after={text} />
        </Dialog>
      )}
      {typeof ask === "object" && (
        <Dialog
          title={t("yaml.conflictTitle")}
          closeText={t("act.close")}
          width={1000}
          onClose={() => setAsk(undefined)}
          footer={
            <>
              <Button onClick={() => setAsk(undefined)}>{t("yaml.editOn")}</Button>
              <Button kind="primary" onClick={() => reapply(ask.theirs)}>
                {t("yaml.reapply")}
              </Button>
            </>
          }
        >
          <p>{t("yaml.conflict")}</p>
          <DiffView before={original} after={editable(ask.theirs)} />
        </Dialog>
      )}
    </div>
  );
}

const editable = (object: KubeObject) => stringify(withoutNoise(object, true));
const tree = (object: KubeObject) => object as unknown as Tree;

function parsed(text: string): KubeObject {
  const read = valueOf(parseDocument(text));
  if ("error" in read) throw new StatusError({ kind: "Status", code: 400, message: read.error });
  const object = read.value as Partial<KubeObject> | null;
  if (!object?.metadata?.name) throw new StatusError({ kind: "Status", code: 400, message: t("yaml.noName") });
  return object as KubeObject;
}
