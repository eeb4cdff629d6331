import { asStatus } from "../kube/request";
import { useEffect, useRef, useState } from "react";
import { t } from "../i18n/text";
import { Dialog } from "../ui/Dialog";
import { Button } from "../ui/Button";
import { errorText } from "./words";

export interface Step {
  name: string;
  run: () => Promise<unknown>;
}

/** What has become of a step. */
export interface Outcome {
  step: Step;
  result: Result;
}

type Result = "waiting" | "running" | "done" | { failed: string };

interface StepsDialogProps {
  title: string;
  confirm: string;
  danger?: boolean;
  /** Asked when the user confirms: the choices of the dialog are made by then. */
  steps: () => readonly Step[];
  valid?: boolean;
  width?: number;
  onClose: () => void;
  onDone?: () => void;
  children: React.ReactNode;
}

/** Runs what is not done yet, one after the other, for as long as it goes on; a step that fails does not keep the others from running. */
export async function runSteps(
  before: readonly Outcome[],
  say: (outcomes: readonly Outcome[]) => void,
  goesOn: () => boolean,
): Promise<readonly Outcome[]> {
  let now = before.map((o): Outcome => (o.result === "done" ? o : { ...o, result: "waiting" }));
  const put = (i: number, result: Result) => {
    now = now.map((o, j) => (j === i ? { ...o, result } : o));
    say(now);
  };
  for (const [i, { step, result }] of now.entries()) {
    if (result === "done") continue;
    if (!goesOn()) break;
    put(i, "running");
    try {
      await step.run();
      put(i, "done");
    } catch (e) {
      put(i, { failed: errorText(asStatus(e)) });
    }
  }
  return now;
}

/**
 * A dialog that does one thing to one or many objects, one after the other, and says of each how it went. Once something is done
 * the choices stand; Retry goes on with the rest, and closing stops after the step that runs.
 */
export function StepsDialog({
  title,
  confirm,
  danger,
  steps,
  valid = true,
  width,
  onClose,
  onDone,
  children,
}: StepsDialogProps) {
  const [results, setResults] = useState<readonly Outcome[]>();
  const open = useRef(false);
  useEffect(() => {
    open.current = true;
    return () => {
      open.current = false;
    };
  }, []);
  const begun = results?.some(({ result }) => result === "done") ?? false;
  const start = async () => {
    const before = begun && results ? results : steps().map((step) => ({ step, result: "waiting" as const }));
    const after = await runSteps(before, setResults, () => open.current);
    if (!open.current || after.some(({ result }) => result !== "done")) return;
    onDone?.();
    onClose();
  };
  const running = results?.some(({ result }) => result === "running" || result === "waiting") ?? false;
  return (
    <Dialog
      title={title}
      closeText={t("act.close")}
      onClose={onClose}
      {...(width ? { width } : {})}
      footer={
        <>
          <Button onClick={onClose}>{t(results && !running ? "act.close" : "act.cancel")}</Button>
          <Button kind={danger ? "danger" : "primary"} busy={running} disabled={!valid} onClick={() => void start()}>
            {results && !running ? t("act.retry") : confirm}
          </Button>
        </>
      }
    >
      <fieldset className="bare" disabled={running || begun}>
        {children}
      </fieldset>
      {results && (
        <ul aria-live="polite">
          {results.map(({ step: { name }, result }, i) => (
            <li key={i} className={typeof result === "object" ? "bad" : result === "done" ? "good" : "quiet"}>
              {name}{" "}
              {typeof result === "object"
                ? `✗ ${result.failed}`
                : result === "done"
                  ? "✓"
                  : result === "running"
                    ? "…"
                    : ""}
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
