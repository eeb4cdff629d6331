import { useState, type InputHTMLAttributes, type TextareaHTMLAttributes } from "react";

/**
 * Texts that the manifest keeps in its own words, such as lines that are a list: what was typed stays as it was typed while the
 * cursor is in it, or nobody could begin a new line.
 */
function useDraft(value: string, change: (value: string) => void) {
  const [draft, setDraft] = useState<string>();
  return {
    value: draft ?? value,
    onChange: (e: { target: { value: string } }) => {
      setDraft(e.target.value);
      change(e.target.value);
    },
    onBlur: () => setDraft(undefined),
  };
}

type Draft<E> = Omit<E, "value" | "onChange" | "onBlur"> & { value: string; change: (value: string) => void };

export function DraftInput({ value, change, ...rest }: Draft<InputHTMLAttributes<HTMLInputElement>>) {
  return <input {...rest} {...useDraft(value, change)} />;
}

export function DraftArea({ value, change, ...rest }: Draft<TextareaHTMLAttributes<HTMLTextAreaElement>>) {
  return <textarea {...rest} {...useDraft(value, change)} />;
}
