import { useState } from "react";
import { FormDialog } from "../../parts/FormDialog";
import { reasonText } from "./Phase";
import { joined, t } from "../../i18n/text";
import { users, type User } from "../../kube/gateway";
import { useAction, useAsync, useList } from "../../kube/hooks";
import type { KubeObject } from "../../kube/types";
import { Problem } from "../../parts/Problem";
import { StepsDialog, type Step } from "../../parts/Progress";
import { useConsole } from "../../parts/scope";
import { Button } from "../../ui/Button";
import { Field, Notice, Search } from "../../ui/pieces";
import { Table, type Column } from "../../ui/Table";
import { apply } from "./apply";
import {
  changesTo,
  isLastOwner,
  memberKey,
  membersOf,
  policies,
  type Change,
  type Member,
  type Subject,
} from "./members";
import { policyPlace, policySelector } from "./objects";
import { People } from "./People";
import type { BusinessState } from "./useBusiness";

const builtin = policies as readonly string[];

/** A role in the user's language; one that an administrator made has the name that he gave it. */
export const policyText = (policy: string) =>
  builtin.includes(policy) ? t(`role.${policy}` as "role.project-owner") : policy;

/** 成员列表: who has which role. What stands here are the bindings themselves. */
export function Members({ business }: { business: BusinessState }) {
  const { administrator, owner, bindings } = business;
  const { session } = useConsole();
  const { value: known = [] } = useAsync(async () => (administrator ? await users() : []), String(administrator));
  const [text, setText] = useState("");
  const [edited, setEdited] = useState<Member | "new">();
  const [doomed, setDoomed] = useState<Member>();
  const members = membersOf(bindings);
  const rows = members.filter((m) => m.name.toLowerCase().includes(text.toLowerCase()));
  const locked = (m: Member) => !administrator && isLastOwner(members, m);
  const columns = columnsOf(known, owner, locked, setEdited, setDoomed);
  const broken = bindings.filter((b) => b.status?.phase === "Failed" || b.status?.message);
  return (
    <>
      <div className="row wrap">
        {owner && (
          <Button kind="primary" onClick={() => setEdited("new")}>
            {t("act.create")}
          </Button>
        )}
        <Search label={t("member.search")} value={text} onChange={setText} />
        <span className="quiet">{t("list.count", { count: rows.length })}</span>
      </div>
      <Problem error={business.bindingsError} />
      {broken.map((b) => (
        <Notice key={b.metadata.name} tone="warn">
          {policyText(b.spec.policyID)}: {b.status?.reason && reasonText(b.status.reason)} {b.status?.message}
        </Notice>
      ))}
      <Table
        fit
        label={t("business.memberList")}
        columns={columns}
        rows={rows}
        keyOf={memberKey}
        empty={text ? t("list.nothingFound") : t("member.none")}
      />
      {edited && (
        <Edit
          business={business}
          member={edited === "new" ? undefined : edited}
          known={known.map((u) => u.name)}
          self={session.user}
          onClose={() => setEdited(undefined)}
        />
      )}
      {doomed && (
        <StepsDialog
          title={t("member.remove")}
          confirm={t("act.delete")}
          danger
          onClose={() => setDoomed(undefined)}
          steps={() => steps(business, changesTo(bindings, doomed, undefined))}
        >
          <p>{t("member.removeQuestion", { name: doomed.name, business: business.displayName })}</p>
        </StepsDialog>
      )}
    </>
  );
}

const steps = (business: BusinessState, changes: readonly Change[]): Step[] =>
  changes.map((change) => ({
    name: policyText(change.kind === "create" ? change.policy : change.binding.spec.policyID),
    run: () => apply(business.id, change),
  }));

function columnsOf(
  known: readonly User[],
  owner: boolean,
  locked: (m: Member) => boolean,
  edit: (m: Member) => void,
  doom: (m: Member) => void,
): Column<Member>[] {
  const user = (m: Member) => (m.kind === "user" ? known.find((u) => u.name === m.name) : undefined);
  const shown = (m: Member) => {
    const display = user(m)?.displayName;
    return display ? `${m.name} (${display})` : m.name;
  };
  return [
    { id: "name", title: t("member.name"), width: "minmax(160px, 2fr)", value: shown, cell: shown },
    { id: "kind", title: t("member.kind"), width: "110px", cell: (m) => t(`member.kind.${m.kind}`) },
    { id: "phone", title: t("member.phone"), cell: (m) => user(m)?.phone || "-" },
    { id: "email", title: t("member.email"), cell: (m) => user(m)?.email || "-" },
    {
      id: "role",
      title: t("user.role"),
      width: "minmax(190px, 1.3fr)",
      cell: (m) => joined(m.policies.map(policyText)),
    },
    ...(owner
      ? [
          {
            id: "acts",
            title: t("column.actions"),
            width: "200px",
            acts: true,
            cell: (m: Member) => (
              <span className="row" title={locked(m) ? t("member.lastOwner") : undefined}>
                <Button kind="link" small disabled={locked(m)} onClick={() => edit(m)}>
                  {t("member.changeRole")}
                </Button>
                <Button kind="link" small disabled={locked(m)} onClick={() => doom(m)}>
                  {t("act.delete")}
                </Button>
              </span>
            ),
          },
        ]
      : []),
  ];
}

interface EditProps {
  business: BusinessState;
  member: Member | undefined;
  known: readonly string[];
  self: string;
  onClose: () => void;
}

/** New members with a role, or another role for one. */
function Edit({ business, member, known, self, onClose }: EditProps) {
  const custom = useList<KubeObject>(policyPlace, { labelSelector: policySelector }).items;
  const [kind, setKind] = useState<Subject["kind"]>(member?.kind ?? "user");
  const [names, setNames] = useState<readonly string[]>(member ? [member.name] : []);
  const [policy, setPolicy] = useState<string>(member?.policies[0] ?? "project-member");
  const choices = [...new Set([...policies, ...custom.map((c) => c.metadata.name), ...(member?.policies ?? [])])];
  const save = useAction(async () => {
    // Each change builds on the one before: they may be about the same binding.
    for (const name of names) {
      for (const change of changesTo(await business.freshBindings(), { kind, name }, policy))
        await apply(business.id, change);
    }
    onClose();
  });
  return (
    <FormDialog
      title={t(member ? "member.changeRole" : "member.add")}
      width={620}
      confirm={t("act.done")}
      valid={names.length > 0}
      act={save}
      onClose={onClose}
    >
      {!member && (
        <Field name={t("member.kind")}>
          {() => (
            <div className="row" style={{ paddingTop: 5 }}>
              {(["user", "group"] as const).map((each) => (
                <label key={each} className="choice">
                  <input type="radio" name="kind" checked={kind === each} onChange={() => setKind(each)} />
                  {t(`member.kind.${each}`)}
                </label>
              ))}
            </div>
          )}
        </Field>
      )}
      <Field name={t("member.name")} must hint={member ? undefined : t("member.nameHint")}>
        {(ids) =>
          member ? (
            <div style={{ paddingTop: 5 }}>{member.name}</div>
          ) : (
            <People ids={ids} names={names} known={kind === "user" ? known : []} onChange={setNames} />
          )
        }
      </Field>
      <Field name={t("user.role")} must>
        {() => (
          <div className="stack" style={{ gap: 6, paddingTop: 5 }}>
            {choices.map((choice) => (
              <label key={choice} className="choice">
                <input type="radio" name="policy" checked={policy === choice} onChange={() => setPolicy(choice)} />
                {policyText(choice)}
                {!builtin.includes(choice) && <span className="quiet">{t("role.custom")}</span>}
              </label>
            ))}
          </div>
        )}
      </Field>
      {member && member.policies.length > 1 && <Notice tone="warn">{t("member.replacesAll")}</Notice>}
      {member?.kind === "user" && member.name === self && policy !== "project-owner" && (
        <Notice tone="warn">{t("member.yourself")}</Notice>
      )}
    </FormDialog>
  );
}
