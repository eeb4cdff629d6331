import { useId, useState } from "react";
import { t } from "../../i18n/text";
import { Button, Icon } from "../../ui/Button";

interface PeopleProps {
  ids: { id: string; "aria-invalid": boolean; "aria-describedby": string };
  names: readonly string[];
  known: readonly string[];
  onChange: (names: readonly string[]) => void;
}

/** Names of users, chosen or typed: who signs in with an identity of elsewhere stands in no list of ours. */
export function People({ ids, names, known, onChange }: PeopleProps) {
  const list = useId();
  const [typed, setTyped] = useState("");
  const add = () => {
    const name = typed.trim();
    if (name && !names.includes(name)) onChange([...names, name]);
    setTyped("");
  };
  return (
    <div className="stack" style={{ gap: 6 }}>
      {names.length > 0 && (
        <div>
          {names.map((name) => (
            <span key={name} className="tag">
              {name}
              <Button
                kind="link"
                small
                aria-label={`${t("act.remove")} ${name}`}
                onClick={() => onChange(names.filter((n) => n !== name))}
              >
                <Icon name="close" />
              </Button>
            </span>
          ))}
        </div>
      )}
      <div className="row">
        <input
          {...ids}
          className="text"
          style={{ maxWidth: 280 }}
          list={list}
          autoComplete="off"
          placeholder={t("member.namePlaceholder")}
          value={typed}
          onChange={(e) => setTyped(e.target.value)}
          onBlur={add}
          onKeyDown={(e) => {
            if (e.key !== "Enter") return;
            e.preventDefault();
            add();
          }}
        />
        <datalist id={list}>
          {known
            .filter((name) => !names.includes(name))
            .map((name) => (
              <option key={name} value={name} />
            ))}
        </datalist>
        <Button disabled={!typed.trim()} onClick={add}>
          {t("act.add")}
        </Button>
      </div>
    </div>
  );
}
