import { useSyncExternalStore } from "react";

type Theme = "light" | "dark" | "system";

const key = "ordinal.theme";
const dark = () => matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

export const chosenTheme = (): Theme => {
  const kept = localStorage.getItem(key);
  return kept === "light" || kept === "dark" ? kept : "system";
};

const effective = () => (chosenTheme() === "system" ? (dark().matches ? "dark" : "light") : chosenTheme());

export function applyTheme(theme?: Theme): void {
  if (theme) localStorage.setItem(key, theme);
  else dark().addEventListener("change", () => applyTheme(chosenTheme()));
  document.documentElement.dataset["theme"] = effective();
  for (const listener of listeners) listener();
}

/** The theme that is on now, for what cannot read it from CSS. */
export const useDark = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => effective() === "dark",
  );
