import { useState } from "react";
import { FormDialog } from "../parts/FormDialog";
import { t } from "../i18n/text";
import { addUser, changeUser, idOf, removeUser, users, type User } from "../kube/gateway";
import { useAction, useAsync } from "../kube/hooks";
import { causesOf, Problem } from "../parts/Problem";
import { StepsDialog } from "../parts/Progress";
import { useConsole } from "../parts/scope";
import { Button } from "../ui/Button";
import { Field } from "../ui/pieces";
import { Table, type Column } from "../ui/Table";
import { ProviderDialog } from "./ProviderDialog";

export default function UsersPage() {
  const { session } = useConsole();
  const { value = [], error, reload } = useAsync(users, "users");
  const [edited, setEdited] = useState<User | "new">();
  const [doomed, setDoomed] = useState<User>();
  const [provider, setProvider] = useState(false);
  const columns: Column<User>[] = [
    { id: "name", title: t("user.account"), cell: (u) => u.name },
    { id: "display", title: t("user.displayName"), cell: (u) => u.displayName || "-" },
    { id: "role", title: t("user.role"), cell: (u) => t(u.administrator ? "user.administrator" : "user.ordinary") },
    {
      id: "acts",
      title: t("column.actions"),
      acts: true,
      cell: (u) => (
        <span className="row">
          <Button kind="link" small disabled={u.local === false} onClick={() => setEdited(u)}>
            {t("act.edit")}
          </Button>
          <Button kind="link" small disabled={u.name === session.user} onClick={() => setDoomed(u)}>
            {t("act.delete")}
          </Button>
        </span>
      ),
    },
  ];
  return (
    <div className="page">
      <header className="row">
        <h1 className="grow">{t("side.users")}</h1>
        {!session.limited && (
          <>
            <Button onClick={() => setProvider(true)}>{t("provider.title")}</Button>
            <Button kind="primary" onClick={() => setEdited("new")}>
              {t("act.create")}
            </Button>
          </>
        )}
      </header>
      <Problem error={error} />
      <Table fit label={t("side.users")} columns={columns} rows={value} keyOf={idOf} empty={t("list.empty")} />
      {edited && (
        <Edit user={edited === "new" ? undefined : edited} onClose={() => setEdited(undefined)} onDone={reload} />
      )}
      {provider && <ProviderDialog onClose={() => setProvider(false)} onDone={reload} />}
      {doomed && (
        <StepsDialog
          title={t("act.deleteTitle")}
          confirm={t("act.delete")}
          danger
          onClose={() => setDoomed(undefined)}
          onDone={reload}
          steps={() => [{ name: doomed.name, run: () => removeUser(doomed) }]}
        >
          <p>{t("act.deleteQuestion", { kind: t("user.one"), name: doomed.name })}</p>
        </StepsDialog>
      )}
    </div>
  );
}

const nameRule = /^[a-z0-9]([-a-z0-9]{1,30}[a-z0-9])$/;

function Edit({ user, onClose, onDone }: { user: User | undefined; onClose: () => void; onDone: () => void }) {
  const [name, setName] = useState(user?.name ?? "");
  const [displayName, setDisplayName] = useState(user?.displayName ?? "");
  const [administrator, setAdministrator] = useState(user?.administrator ?? false);
  const [password, setPassword] = useState("");
  const save = useAction(async () => {
    if (user) await changeUser({ ...user, displayName, administrator, ...(password ? { password } : {}) });
    else await addUser({ name, displayName, administrator, password });
    onDone();
    onClose();
  });
  const problem = name !== "" && !nameRule.test(name) ? t("user.nameRule") : undefined;
  const cause = (field: string) => causesOf(save.error, field);
  return (
    <FormDialog
      title={user ? t("act.edit") : t("user.create")}
      confirm={t("act.save")}
      valid={name !== "" && !problem && (user !== undefined || password !== "")}
      act={save}
      onClose={onClose}
    >
      <Field name={t("user.account")} must problem={problem ?? cause("name")}>
        {(ids) => (
          <input
            {...ids}
            className="text"
            disabled={user !== undefined}
            value={name}
            onChange={(e) => setName(e.target.value)}
          />
        )}
      </Field>
      <Field name={t("user.displayName")} problem={cause("displayName")}>
        {(ids) => (
          <input {...ids} className="text" value={displayName} onChange={(e) => setDisplayName(e.target.value)} />
        )}
      </Field>
      <Field
        name={t("login.password")}
        must={!user}
        hint={user ? t("user.passwordKept") : t("user.passwordHint")}
        problem={cause("password")}
      >
        {(ids) => (
          <input
            {...ids}
            className="text"
            type="password"
            autoComplete="new-password"
            value={password}
            onChange={(e) => setPassword(e.target.value)}
          />
        )}
      </Field>
      <Field name={t("user.role")}>
        {(ids) => (
          <label className="choice" style={{ paddingTop: 6 }}>
            <input
              {...ids}
              type="checkbox"
              checked={administrator}
              onChange={(e) => setAdministrator(e.target.checked)}
            />
            {t("user.administrator")}
          </label>
        )}
      </Field>
    </FormDialog>
  );
}
