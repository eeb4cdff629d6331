import { useEffect, useState } from "react";
import { currentLanguage, joined, t } from "../i18n/text";
import { why, type WhyAnswer, type WhyFinding, type WhyKind } from "../kube/gateway";
import { useAsync } from "../kube/hooks";
import type { KubeObject } from "../kube/types";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { Notice } from "../ui/pieces";
import { Problem } from "./Problem";
import { useScope } from "./scope";

const quietMillis = 400;

/** A value once it has stayed the same for a moment: a rollout changes objects many times a second. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), quietMillis);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

interface WhyProps {
  kind: WhyKind;
  object: KubeObject;
  /** Other objects whose change may change the answer, such as the pods of a set. */
  near?: readonly KubeObject[];
  /** What is shown as long as there is no answer. */
  meanwhile?: string;
}

/** Why an object is not ready. Shown only then, so that nobody asks about what is well; asked again when it has changed. */
export function Why({ kind, object, near = [], meanwhile = "" }: WhyProps) {
  const { cluster } = useScope();
  const { name, namespace = "" } = object.metadata;
  const versions = [object, ...near].map(({ metadata }) => metadata.resourceVersion ?? "").join(" ");
  const { value } = useAsync(
    () => why(cluster, namespace, kind, name),
    useSettled([cluster, namespace, kind, name, versions].join(" ")),
  );
  if (!value?.items[0]?.cause) return meanwhile ? <Notice tone="warn">{meanwhile}</Notice> : null;
  return (
    <Notice tone={value.items[0].ready ? "" : "warn"}>
      <Explanation answer={value} />
    </Notice>
  );
}

const sentence = (words: WhyFinding["text"]) => words[currentLanguage()];

/** The cause of the object itself, what to do about it, and folded away all that was found besides. */
function Explanation({ answer }: { answer: WhyAnswer }) {
  const cause = answer.items[0]?.cause;
  if (!cause) return null;
  const others = othersOf(answer);
  return (
    <>
      <div>{sentence(cause.text)}</div>
      <div>
        {t("why.next")}: {sentence(cause.next)}
      </div>
      <div className="quiet">
        {t("why.where")}: {cause.object} <code>{cause.field}</code>
      </div>
      {others.length > 0 && (
        <details>
          <summary>{t("why.also", { count: others.length })}</summary>
          <ul>
            {others.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </details>
      )}
      {answer.unseen.length > 0 && <div className="quiet">{t("why.unseen", { kinds: joined(answer.unseen) })}</div>}
    </>
  );
}

/** Each sentence once: what is wrong with a pod is also what is wrong with its set. */
export function othersOf({ items }: WhyAnswer): string[] {
  const texts = items
    .flatMap(({ cause, others }) => (cause ? [cause, ...(others ?? [])] : []))
    .map((f) => sentence(f.text));
  return [...new Set(texts)].slice(1);
}

/** Stands beside the state of an object that is not ready, and asks only when it is pressed. */
export function WhyButton({ kind, object }: { kind: WhyKind; object: KubeObject }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        kind="link"
        small
        aria-label={t("why.title", { name: object.metadata.name })}
        onClick={() => setOpen(true)}
      >
        {t("why.ask")}
      </Button>
      {open && <WhyDialog kind={kind} object={object} onClose={() => setOpen(false)} />}
    </>
  );
}

function WhyDialog({ kind, object, onClose }: { kind: WhyKind; object: KubeObject; onClose: () => void }) {
  const { cluster } = useScope();
  const { name, namespace = "" } = object.metadata;
  const { value, error } = useAsync(
    () => why(cluster, namespace, kind, name),
    [cluster, namespace, kind, name].join(" "),
  );
  return (
    <Dialog title={t("why.title", { name })} closeText={t("act.close")} onClose={onClose} width={640}>
      <Problem error={error} />
      {!value && !error && <p className="quiet">{t("why.asking")}</p>}
      {value && (value.items[0]?.cause ? <Explanation answer={value} /> : <p>{t("why.ready", { name })}</p>)}
    </Dialog>
  );
}
