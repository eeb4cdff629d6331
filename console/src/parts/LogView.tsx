import { useEffect, useRef, useState } from "react";
import { t } from "../i18n/text";
import { backoff } from "../kube/live";
import { asStatus, requestText, type StatusError } from "../kube/request";
import { followLog, logPath } from "../kube/stream";
import type { Pod } from "../kube/types";
import { Button } from "../ui/Button";
import { Menu } from "../ui/Menu";
import { useQuery } from "../ui/router";
import { download } from "../ui/Table";
import { Problem } from "./Problem";
import { useScope } from "./scope";
import "./logs.css";

const most = 5000;

/** The logs of one pod, or of several merged line by line as they come. */
export function LogView({ pods }: { pods: readonly Pod[] }) {
  const { cluster } = useScope();
  const asked = useQuery().get("pod");
  const [picked, setChosen] = useState<readonly string[]>();
  // Until somebody picks: the pod that the address names, else the first; pods may come after the page.
  const chosen = picked ?? [asked ?? pods[0]?.metadata.name ?? ""].filter(Boolean);
  const [container, setContainer] = useState("");
  const [follow, setFollow] = useState(true);
  const [previous, setPrevious] = useState(false);
  const [timestamps, setTimestamps] = useState(false);
  const [tail, setTail] = useState(500);
  const [error, setError] = useState<StatusError>();
  const screen = useRef<HTMLPreElement>(null);
  const shown = useRef("");
  const failures = useRef(0);
  const first = pods.find((p) => p.metadata.name === chosen[0]);
  const containers = [...(first?.spec.initContainers ?? []), ...(first?.spec.containers ?? [])].map((c) => c.name);
  const at = containers.includes(container) ? container : (first?.spec.containers[0]?.name ?? "");
  const namespace = first?.metadata.namespace ?? "";
  const options = { container: at, follow: follow && !previous, previous, timestamps, tailLines: tail };
  /** How often the connection broke: each time the lines are read anew, in place of those that are there. */
  const [broken, setBroken] = useState(0);
  const key = JSON.stringify([cluster, namespace, chosen, options]);

  useEffect(() => {
    const [c, n, names, wanted] = JSON.parse(key) as [string, string, string[], typeof options];
    const stop = new AbortController();
    const pre = screen.current;
    if (!pre || !wanted.container) return;
    let fresh = shown.current !== key;
    if (fresh) pre.replaceChildren();
    shown.current = key;
    setError(undefined);
    let waiting: string[] = [];
    let lines = 0;
    let pause: ReturnType<typeof setTimeout> | undefined;
    const draw = () => {
      // Lines that wait for a frame while another log is chosen are not the other's.
      if (stop.signal.aborted) return;
      if (!fresh) pre.replaceChildren();
      fresh = true;
      const atEnd = pre.scrollHeight - pre.scrollTop - pre.clientHeight < 40;
      pre.append(...waiting.map((line) => document.createTextNode(`${line}\n`)));
      lines += waiting.length;
      waiting = [];
      for (; lines > most; lines--) pre.firstChild?.remove();
      if (atEnd) pre.scrollTop = pre.scrollHeight;
    };
    for (const name of names) {
      const prefix = names.length > 1 ? `${name} | ` : "";
      followLog(logPath(c, n, name, wanted), stop.signal, (line) => {
        failures.current = 0;
        if (waiting.push(prefix + line) === 1) requestAnimationFrame(draw);
      }).catch((e: unknown) => {
        if (stop.signal.aborted) return;
        const problem = asStatus(e);
        if (problem.code !== 0 || !wanted.follow) return setError(problem);
        pause ??= setTimeout(() => setBroken((n) => n + 1), backoff(failures.current++, Math.random()));
      });
    }
    return () => {
      clearTimeout(pause);
      stop.abort();
    };
  }, [key, broken]);

  const save = async () => {
    const texts = await Promise.all(
      chosen.map((name) =>
        requestText(logPath(cluster, namespace, name, { container: at, previous, timestamps }), { accept: "*/*" }),
      ),
    );
    download(`${chosen.join("_")}_${at}.log`, texts.join("\n"));
  };
  const toggle = (name: string) =>
    setChosen(chosen.includes(name) ? chosen.filter((c) => c !== name) : [...chosen, name]);
  if (pods.length === 0) return <div className="empty">{t("pod.none")}</div>;
  return (
    <>
      <div className="row wrap">
        <Menu
          label={chosen.length === 1 ? chosen[0] : t("log.pods", { count: chosen.length })}
          panel={pods.map(({ metadata: { name } }) => (
            <label key={name}>
              <input type="checkbox" checked={chosen.includes(name)} onChange={() => toggle(name)} />
              {name}
            </label>
          ))}
        />
        <select
          className="text"
          aria-label={t("container.one")}
          value={at}
          onChange={(e) => setContainer(e.target.value)}
        >
          {containers.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <select
          className="text"
          aria-label={t("log.tail")}
          value={tail}
          onChange={(e) => setTail(Number(e.target.value))}
        >
          {[100, 200, 500, 1000, 5000].map((n) => (
            <option key={n} value={n}>
              {t("log.lines", { count: n })}
            </option>
          ))}
        </select>
        <Check label={t("log.follow")} on={follow} set={setFollow} disabled={previous} />
        <Check label={t("log.previous")} on={previous} set={setPrevious} />
        <Check label={t("log.timestamps")} on={timestamps} set={setTimestamps} />
        <span className="grow" />
        <Button onClick={() => void save().catch((e: unknown) => setError(asStatus(e)))}>{t("log.download")}</Button>
      </div>
      <Problem error={error} />
      <pre ref={screen} className="logs" tabIndex={0} aria-label={t("tab.logs")} />
    </>
  );
}

function Check({
  label,
  on,
  set,
  disabled,
}: {
  label: string;
  on: boolean;
  set: (on: boolean) => void;
  disabled?: boolean;
}) {
  return (
    <label className="choice">
      <input type="checkbox" checked={on} disabled={disabled} onChange={(e) => set(e.target.checked)} />
      {label}
    </label>
  );
}
