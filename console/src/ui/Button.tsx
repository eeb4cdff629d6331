import type { ButtonHTMLAttributes, ReactNode } from "react";

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: "primary" | "danger" | "link" | "plain";
  small?: boolean;
  busy?: boolean;
  children: ReactNode;
}

export function Button({ kind = "plain", small, busy, className = "", disabled, ...rest }: ButtonProps) {
  const classes = ["button", kind === "plain" ? "" : kind, small ? "small" : "", className].filter(Boolean).join(" ");
  return (
    <button type="button" className={classes} disabled={disabled || busy} aria-busy={busy || undefined} {...rest} />
  );
}

const paths = {
  copy: "M9 9h10v10H9zM5 15V5h10",
  swap: "M4 8h15l-4-4M20 16H5l4 4",
  down: "M6 9l6 6 6-6",
  right: "M9 6l6 6-6 6",
  close: "M6 6l12 12M18 6L6 18",
  sun: "M12 8a4 4 0 100 8 4 4 0 000-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.5M17.500 17.500L19 19M5 19l1.500-1.500M17.500 6.500L19 5",
  back: "M19 12H5l6-6M5 12l6 6",
} as const;

export function Icon({ name }: { name: keyof typeof paths }) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      aria-hidden="true"
    >
      <path d={paths[name]} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
