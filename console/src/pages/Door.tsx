import { type FormEvent, type ReactNode } from "react";
import { currentLanguage, speak, t } from "../i18n/text";
import { Button } from "../ui/Button";

/** What stands before the console: one small form in the middle, in either language. */
export function Door({
  title,
  onSubmit,
  children,
}: {
  title: string;
  onSubmit: (e: FormEvent) => void;
  children: ReactNode;
}) {
  const other = currentLanguage() === "zh" ? "en" : "zh";
  const change = async () => {
    await speak(other);
    location.reload();
  };
  document.title = `${title} · Ordinal`;
  return (
    <div className="door">
      <form className="card" onSubmit={onSubmit}>
        <div className="row" style={{ marginBottom: 24 }}>
          <img src="/icon.svg" alt="" width="32" height="32" />
          <h1 className="grow">{title}</h1>
          <Button kind="link" lang={other} onClick={() => void change()}>
            {t("frame.otherLanguage")}
          </Button>
        </div>
        {children}
      </form>
    </div>
  );
}
