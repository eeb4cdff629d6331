import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { createPortal } from "react-dom";
import { Button, Icon, type ButtonProps } from "./Button";

interface MenuItem {
  label: string;
  onSelect: () => void;
  disabled?: boolean;
  title?: string | undefined;
  danger?: boolean;
}

interface MenuProps extends Pick<ButtonProps, "kind" | "small" | "title"> {
  label: ReactNode;
  items?: readonly MenuItem[];
  /** In place of items: a panel that stays open while it is used. */
  panel?: ReactNode;
}

export function Menu({ label, items = [], panel, ...button }: MenuProps) {
  const [at, setAt] = useState<{ top: number; right: number }>();
  const holder = useRef<HTMLSpanElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!at) return;
    const { current } = list;
    const first = current?.querySelector<HTMLElement>("button:not(:disabled), input");
    first?.focus();
    const away = (e: Event) => {
      if (!(e.target instanceof Node) || (!current?.contains(e.target) && !holder.current?.contains(e.target)))
        setAt(undefined);
    };
    addEventListener("pointerdown", away);
    addEventListener("resize", away);
    return () => {
      removeEventListener("pointerdown", away);
      removeEventListener("resize", away);
    };
  }, [at]);
  const toggle = () => {
    const box = holder.current?.getBoundingClientRect();
    if (!box || at) return setAt(undefined);
    const height = 16 + (panel ? 8 : items.length) * 34;
    const top = box.bottom + height > innerHeight ? Math.max(8, box.top - height) : box.bottom + 4;
    setAt({ top, right: Math.max(8, innerWidth - box.right) });
  };
  const keys = (e: KeyboardEvent) => {
    if (e.key === "Escape") {
      e.stopPropagation();
      setAt(undefined);
      holder.current?.querySelector("button")?.focus();
    }
    if (e.key !== "ArrowDown" && e.key !== "ArrowUp") return;
    e.preventDefault();
    const all = [...(list.current?.querySelectorAll<HTMLElement>("button:not(:disabled), input") ?? [])];
    const next = all.indexOf(document.activeElement as HTMLElement) + (e.key === "ArrowDown" ? 1 : -1);
    all[(next + all.length) % all.length]?.focus();
  };
  return (
    <span ref={holder}>
      <Button {...button} aria-haspopup="menu" aria-expanded={at !== undefined} onClick={toggle}>
        {label}
        <Icon name="down" />
      </Button>
      {at &&
        createPortal(
          <div ref={list} className="menu" role={panel ? "group" : "menu"} style={at} onKeyDown={keys}>
            {panel ??
              items.map((item) => (
                <button
                  key={item.label}
                  type="button"
                  role="menuitem"
                  className={item.danger ? "bad" : ""}
                  disabled={item.disabled}
                  title={item.title}
                  onClick={() => {
                    setAt(undefined);
                    item.onSelect();
                  }}
                >
                  {item.label}
                </button>
              ))}
          </div>,
          document.body,
        )}
    </span>
  );
}
