import type { en } from "./en";

/** Every text that the console can say. A language that lacks one does not compile. */
export type Key = keyof typeof en;
export type Language = "zh" | "en";
type Texts = Readonly<Record<Key, string>>;

let texts: Partial<Texts> = {};
let language: Language = "zh";

const stored = "ordinal.language";

export function preferredLanguage(): Language {
  const chosen = localStorage.getItem(stored);
  if (chosen === "zh" || chosen === "en") return chosen;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

export async function speak(wanted: Language): Promise<void> {
  const loaded: Texts = wanted === "zh" ? (await import("./zh")).zh : (await import("./en")).en;
  texts = loaded;
  language = wanted;
  document.documentElement.lang = wanted;
  localStorage.setItem(stored, wanted);
}

export const currentLanguage = () => language;

/** The text under a key, its `{places}` filled. */
export function t(key: Key, places: Readonly<Record<string, string | number>> = {}): string {
  const text = texts[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(places[name] ?? whole));
}

/** Several things in one line, as the language separates them. */
export const joined = (parts: readonly string[]) => parts.join(language === "zh" ? "、" : ", ");
