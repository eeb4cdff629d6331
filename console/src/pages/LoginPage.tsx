import { useState, type FormEvent } from "react";
import { t } from "../i18n/text";
import { providerOffered, signIn } from "../kube/gateway";
import { useAction, useAsync } from "../kube/hooks";
import { Button } from "../ui/Button";
import { Field, Notice } from "../ui/pieces";
import { leaveFor, navigate, useQuery } from "../ui/router";
import { isFresh } from "../kube/request";
import { errorText } from "../parts/words";
import { loadFirst } from "../routes";
import { afterLogin } from "./afterLogin";
import { Door } from "./Door";

/** What the gateway says of a sign-in by way of an identity provider that came to nothing. */
const failures = ["denied", "expired", "refused", "unreachable", "busy", "broken"] as const;

export default function LoginPage() {
  const query = useQuery();
  const { value: provider } = useAsync(providerOffered, "provider");
  const failure = failures.find((each) => each === query.get("failed"));
  const [user, setUser] = useState("");
  const [password, setPassword] = useState("");
  const enter = useAction(async () => {
    loadFirst();
    const fresh = isFresh();
    const session = await signIn(user.trim(), password);
    const to = session.mustChangePassword ? "/password" : afterLogin(query.get("to"));
    // Whoever came back to this page from a user's own may have left something of his in it.
    if (fresh) navigate(to, { replace: true });
    else leaveFor(to);
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    if (user && password) void enter.run();
  };
  return (
    <Door title={t("login.title")} onSubmit={submit}>
      {enter.error && (
        <Notice tone="bad">{enter.error.code === 401 ? t("login.wrong") : errorText(enter.error)}</Notice>
      )}
      {failure && !enter.error && <Notice tone="bad">{t(`login.${failure}`)}</Notice>}
      <Field name={t("login.user")}>
        {(ids) => (
          <input
            {...ids}
            className="text"
            autoFocus
            autoComplete="username"
            value={user}
            onChange={(e) => setUser(e.target.value)}
          />
        )}
      </Field>
      <Field name={t("login.password")}>
        {(ids) => (
          <input
            {...ids}
            className="text"
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={(e) => setPassword(e.target.value)}
          />
        )}
      </Field>
      <Button kind="primary" type="submit" style={{ width: "100%" }} busy={enter.busy} disabled={!user || !password}>
        {t("login.enter")}
      </Button>
      {provider && (
        <a
          className="button"
          style={{ width: "100%", marginTop: 12 }}
          href={`/oidc/login?to=${encodeURIComponent(afterLogin(query.get("to")))}`}
        >
          {t("login.provider")}
        </a>
      )}
    </Door>
  );
}
