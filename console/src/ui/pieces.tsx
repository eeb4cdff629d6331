import { useId, useState, useSyncExternalStore, type ReactElement, type ReactNode } from "react";
import { Button, Icon } from "./Button";
import { Link, useQuery, withQuery } from "./router";

type Tone = "good" | "warn" | "bad" | "quiet";

export function Dot({
  tone,
  busy,
  children,
  title,
}: {
  tone: Tone;
  busy?: boolean;
  children: ReactNode;
  title?: string | undefined;
}) {
  return (
    <span className={`dot ${tone}${busy ? " busy" : ""}`} title={title}>
      <span className="cut">{children}</span>
    </span>
  );
}

export function Notice({ tone = "", children }: { tone?: "" | "warn" | "bad"; children: ReactNode }) {
  return (
    <div className={`notice ${tone}`} role={tone === "bad" ? "alert" : "status"}>
      {children}
    </div>
  );
}

interface FieldProps {
  name: ReactNode;
  must?: boolean;
  hint?: ReactNode;
  problem?: string | undefined;
  /** The control takes id and aria attributes from here. */
  children: (ids: { id: string; "aria-invalid": boolean; "aria-describedby": string }) => ReactElement | ReactElement[];
}

export function Field({ name, must, hint, problem, children }: FieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label className="name" htmlFor={id}>
        {name}
        {must && <span className="must"> *</span>}
      </label>
      <div className="grow">
        {children({ id, "aria-invalid": problem !== undefined, "aria-describedby": `${id}-more` })}
        <div id={`${id}-more`}>
          {problem !== undefined && <div className="problem">{problem}</div>}
          {hint && <div className="hint">{hint}</div>}
        </div>
      </div>
    </div>
  );
}

interface Tab {
  id: string;
  title: string;
}

/** The open tab stands in the address. */
export function Tabs({ tabs, label }: { tabs: readonly Tab[]; label: string }) {
  const open = useTab(tabs);
  return (
    <nav className="tabs" role="tablist" aria-label={label}>
      {tabs.map(({ id, title }) => (
        <Link key={id} to={withQuery({ tab: id })} role="tab" aria-selected={id === open}>
          {title}
        </Link>
      ))}
    </nav>
  );
}

export function useTab(tabs: readonly Tab[]): string {
  const wanted = useQuery().get("tab");
  return tabs.find((tab) => tab.id === wanted)?.id ?? tabs[0]?.id ?? "";
}

export function CopyButton({ text, label }: { text: string; label: string }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setDone(true);
    setTimeout(() => setDone(false), 1200);
  };
  return (
    <Button kind="link" small aria-label={label} title={label} onClick={() => void copy()}>
      {done ? "✓" : <Icon name="copy" />}
    </Button>
  );
}

interface ToastText {
  id: number;
  text: string;
  bad: boolean;
}

let toasts: readonly ToastText[] = [];
let count = 0;
const watchers = new Set<() => void>();
const change = (next: readonly ToastText[]) => {
  toasts = next;
  watchers.forEach((w) => w());
};

export function toast(text: string, bad = false): void {
  const id = count++;
  change([...toasts, { id, text, bad }]);
  setTimeout(() => change(toasts.filter((t) => t.id !== id)), bad ? 9000 : 3500);
}

const subscribe = (w: () => void) => {
  watchers.add(w);
  return () => watchers.delete(w);
};

export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map((t) => (
        <div key={t.id} className={t.bad ? "toast bad" : "toast"}>
          {t.text}
        </div>
      ))}
    </div>
  );
}

interface SearchProps {
  label: string;
  hint?: string;
  width?: number;
  value: string;
  onChange: (text: string) => void;
}

/** A field that narrows what stands below it. */
export function Search({ label, hint = label, width = 260, value, onChange }: SearchProps) {
  return (
    <input
      className="text"
      style={{ width }}
      type="search"
      aria-label={label}
      placeholder={hint}
      value={value}
      onChange={(e) => onChange(e.target.value)}
    />
  );
}
