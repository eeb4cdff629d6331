import type { ReactNode } from "react";
import { t } from "../i18n/text";
import { Icon } from "../ui/Button";
import { Link } from "../ui/router";

export function DetailsHeader({ title, back, children }: { title: string; back: string; children?: ReactNode }) {
  return (
    <header className="row wrap">
      <Link className="button link" to={back} aria-label={t("act.back")} title={t("act.back")}>
        <Icon name="back" />
      </Link>
      <h1 className="grow cut" title={title}>
        {title}
      </h1>
      {children}
    </header>
  );
}
