import { useState } from "react";
import { t, type Key } from "../i18n/text";
import { changeProvider, providerSettings, removeProvider, type ProviderSettings } from "../kube/gateway";
import { useAction, useAsync } from "../kube/hooks";
import { causesOf, Loading, Problem } from "../parts/Problem";
import { StepsDialog } from "../parts/Progress";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { CopyButton, Field } from "../ui/pieces";

interface Props {
  onClose: () => void;
  onDone: () => void;
}

/** Who vouches for users that have no password here. */
export function ProviderDialog(props: Props) {
  const { value, error } = useAsync(providerSettings, "provider settings");
  if (value) return <Settings {...props} known={value} />;
  return (
    <Dialog title={t("provider.title")} closeText={t("act.close")} onClose={props.onClose} footer={null}>
      {error ? <Problem error={error} /> : <Loading />}
    </Dialog>
  );
}

type Text = "issuer" | "clientId" | "clientSecret" | "scopes" | "groupsClaim" | "groupsPrefix" | "adminGroup";

interface Line {
  field: Text;
  must?: boolean;
  hint?: Key;
}

const lines: readonly Line[] = [
  { field: "issuer", must: true, hint: "provider.issuerHint" },
  { field: "clientId", must: true },
  { field: "clientSecret", hint: "provider.clientSecretHint" },
  { field: "scopes" },
  { field: "groupsClaim", hint: "provider.groupsClaimHint" },
  { field: "groupsPrefix", must: true, hint: "provider.groupsPrefixHint" },
  { field: "adminGroup", hint: "provider.adminGroupHint" },
];

function Settings({ known, onClose, onDone }: Props & { known: ProviderSettings }) {
  const [texts, setTexts] = useState<Record<Text, string>>({
    ...known,
    clientSecret: "",
    scopes: known.scopes.join(" "),
  });
  const [authority, setAuthority] = useState(known.certificateAuthority);
  const done = () => {
    onDone();
    onClose();
  };
  const save = useAction(async () => {
    const scopes = texts.scopes.split(/\s+/).filter(Boolean);
    await changeProvider({ ...texts, scopes, certificateAuthority: authority });
    done();
  });
  const [removing, setRemoving] = useState(false);
  const { busy, error } = save;
  if (removing) {
    return (
      <StepsDialog
        title={t("provider.title")}
        confirm={t("act.remove")}
        danger
        onClose={() => setRemoving(false)}
        onDone={done}
        steps={() => [{ name: known.issuer, run: removeProvider }]}
      >
        <p>{t("provider.removeQuestion", { issuer: known.issuer })}</p>
      </StepsDialog>
    );
  }
  return (
    <Dialog
      title={t("provider.title")}
      closeText={t("act.close")}
      width={720}
      onClose={onClose}
      footer={
        <>
          {known.enabled && (
            <Button kind="danger" onClick={() => setRemoving(true)}>
              {t("act.remove")}
            </Button>
          )}
          <span className="grow" />
          <Button onClick={onClose}>{t("act.cancel")}</Button>
          <Button
            kind="primary"
            busy={busy}
            disabled={!texts.issuer || !texts.clientId || !texts.groupsPrefix}
            onClick={() => void save.run()}
          >
            {t("act.save")}
          </Button>
        </>
      }
    >
      <p className="quiet">{t("provider.help")}</p>
      <Problem error={error} />
      <Field name={t("provider.redirectUri")} hint={t("provider.redirectUriHint")}>
        {(ids) => (
          <span {...ids} className="row mono">
            {known.redirectUri}
            <CopyButton text={known.redirectUri} label={t("act.copy")} />
          </span>
        )}
      </Field>
      {lines.map(({ field, must, hint }) => (
        <Field
          key={field}
          name={t(`provider.${field}`)}
          must={must ?? false}
          hint={hint && t(hint)}
          problem={causesOf(error, field)}
        >
          {(ids) => (
            <input
              {...ids}
              className="text"
              type={field === "clientSecret" ? "password" : "text"}
              autoComplete="off"
              placeholder={field === "clientSecret" && known.hasClientSecret ? "••••••••" : undefined}
              value={texts[field]}
              onChange={(e) => setTexts({ ...texts, [field]: e.target.value })}
            />
          )}
        </Field>
      ))}
      <Field
        name={t("provider.certificateAuthority")}
        hint={t("provider.certificateAuthorityHint")}
        problem={causesOf(error, "certificateAuthority")}
      >
        {(ids) => (
          <textarea
            {...ids}
            className="text mono"
            rows={3}
            value={authority}
            onChange={(e) => setAuthority(e.target.value)}
          />
        )}
      </Field>
    </Dialog>
  );
}
