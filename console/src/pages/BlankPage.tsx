import { useEffect } from "react";
import { t } from "../i18n/text";
import { useConsole } from "../parts/scope";
import { Button } from "../ui/Button";
import { navigate } from "../ui/router";

/** For somebody who is no administrator and in no business; it goes away by itself once he is. */
export default function BlankPage() {
  const { portal, reload } = useConsole();
  const allowed = portal.administrator || portal.businesses.length > 0;
  useEffect(() => {
    if (allowed) navigate("/", { replace: true });
  }, [allowed]);
  return (
    <div className="empty">
      <h1>{t("frame.noPermission")}</h1>
      <p>{t("frame.noPermissionHelp")}</p>
      <Button onClick={() => void reload()}>{t("act.retry")}</Button>
    </div>
  );
}
