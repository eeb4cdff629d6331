import { FitAddon } from "@xterm/addon-fit";
import { Terminal as Screen } from "@xterm/xterm";
import "@xterm/xterm/css/xterm.css";
import { useEffect, useRef, useState } from "react";
import { t } from "../i18n/text";
import { execute } from "../kube/stream";
import type { Pod } from "../kube/types";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { useScope } from "./scope";
import "./logs.css";

const shells = ["/bin/sh", "/bin/bash", "/bin/zsh"];

/** 远程登录: a shell, or any command, in one of the pod's containers. */
export default function TerminalDialog({ pod, onClose }: { pod: Pod; onClose: () => void }) {
  const { cluster } = useScope();
  const [container, setContainer] = useState(pod.spec.containers[0]?.name ?? "");
  const [command, setCommand] = useState(shells[0]!);
  const [round, setRound] = useState(0);
  const [state, setState] = useState("");
  const place = useRef<HTMLDivElement>(null);
  const { namespace = "", name } = pod.metadata;
  useEffect(() => {
    const holder = place.current;
    if (!holder || round === 0) return;
    const screen = new Screen({ cursorBlink: true, fontSize: 13, theme: { background: "#10151c" } });
    const fit = new FitAddon();
    screen.loadAddon(fit);
    screen.open(holder);
    fit.fit();
    setState(t("terminal.connecting"));
    const link = execute(cluster, { namespace, name, container }, command.trim().split(/\s+/), {
      opened: () => {
        setState(t("terminal.connected"));
        link.resize(screen.cols, screen.rows);
        screen.focus();
      },
      output: (bytes) => screen.write(bytes),
      ended: (message) => setState(message ? t("terminal.endedWith", { message }) : t("terminal.ended")),
    });
    const typed = screen.onData(link.input);
    const sized = screen.onResize(({ cols, rows }) => link.resize(cols, rows));
    const observer = new ResizeObserver(() => fit.fit());
    observer.observe(holder);
    return () => {
      observer.disconnect();
      typed.dispose();
      sized.dispose();
      link.close();
      screen.dispose();
    };
    // A new round is what starts a connection: changing the choices alone must not drop a running shell.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [round]);
  return (
    <Dialog title={t("terminal.title", { name })} closeText={t("act.close")} onClose={onClose} width={1000}>
      <div className="row wrap" style={{ marginBottom: 10 }}>
        <select
          className="text"
          aria-label={t("container.one")}
          value={container}
          onChange={(e) => setContainer(e.target.value)}
        >
          {pod.spec.containers.map((c) => (
            <option key={c.name}>{c.name}</option>
          ))}
        </select>
        <input
          className="text mono"
          style={{ width: 220 }}
          list="shells"
          aria-label={t("terminal.command")}
          value={command}
          onChange={(e) => setCommand(e.target.value)}
        />
        <datalist id="shells">
          {shells.map((s) => (
            <option key={s}>{s}</option>
          ))}
        </datalist>
        <Button kind="primary" disabled={!command.trim()} onClick={() => setRound((n) => n + 1)}>
          {t("terminal.login")}
        </Button>
        <span className="quiet" role="status">
          {state}
        </span>
      </div>
      <div ref={place} className="terminal" />
    </Dialog>
  );
}
