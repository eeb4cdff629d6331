import { useEffect, useState, type FormEvent } from "react";
import { t } from "../i18n/text";
import { changePassword, currentSession } from "../kube/gateway";
import { useAction } from "../kube/hooks";
import { causesOf, Problem } from "../parts/Problem";
import { Button } from "../ui/Button";
import { Field, Notice } from "../ui/pieces";
import { leaveFor, Link } from "../ui/router";
import { Door } from "./Door";

export default function PasswordPage() {
  const [old, setOld] = useState("");
  const [fresh, setFresh] = useState("");
  const [again, setAgain] = useState("");
  const [must, setMust] = useState<boolean>();
  useEffect(() => {
    currentSession().then(
      (session) => setMust(session.mustChangePassword),
      () => leaveFor("/login"),
    );
  }, []);
  const change = useAction(async () => {
    await changePassword(old, fresh);
    leaveFor("/");
  });
  const cause = causesOf(change.error, "new");
  const submit = (e: FormEvent) => {
    e.preventDefault();
    if (old && fresh && fresh === again) void change.run();
  };
  const input = (value: string, set: (v: string) => void, autoComplete: string) => (ids: { id: string }) => (
    <input
      {...ids}
      className="text"
      type="password"
      autoComplete={autoComplete}
      value={value}
      onChange={(e) => set(e.target.value)}
    />
  );
  return (
    <Door title={t("password.title")} onSubmit={submit}>
      {must && <Notice>{t("password.must")}</Notice>}
      <Problem error={change.error} />
      <Field name={t("password.old")}>{input(old, setOld, "current-password")}</Field>
      <Field name={t("password.new")} problem={cause}>
        {input(fresh, setFresh, "new-password")}
      </Field>
      <Field name={t("password.again")} problem={again !== "" && again !== fresh ? t("password.differ") : undefined}>
        {input(again, setAgain, "new-password")}
      </Field>
      <div className="row">
        <Button kind="primary" type="submit" busy={change.busy} disabled={!old || !fresh || fresh !== again}>
          {t("act.save")}
        </Button>
        {must === false && (
          <Link className="button" to="/">
            {t("act.cancel")}
          </Link>
        )}
      </div>
    </Door>
  );
}
