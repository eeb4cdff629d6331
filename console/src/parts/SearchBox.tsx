import { useState, type KeyboardEvent } from "react";
import { t } from "../i18n/text";
import { Icon } from "../ui/Button";
import { navigate, useQuery } from "../ui/router";
import { parseTag, tagText } from "./search";

/** Typing filters at once; Enter makes a tag of what was typed. Tags stand in the address. */
export function SearchBox() {
  const query = useQuery();
  const all = query.getAll("q");
  const live = query.get("typing") === "1" ? (all.at(-1) ?? "") : "";
  const tags = live ? all.slice(0, -1) : all;
  const [text, setText] = useState(live);
  const put = (committed: readonly string[], typed: string) => {
    const parameters = new URLSearchParams(location.search);
    parameters.delete("q");
    parameters.delete("typing");
    for (const tag of committed) parameters.append("q", tag);
    if (typed.trim()) {
      parameters.append("q", typed);
      parameters.set("typing", "1");
    }
    navigate(`${location.pathname}?${parameters}`.replace(/\?$/, ""), { replace: true });
  };
  const type = (typed: string) => {
    setText(typed);
    put(tags, typed);
  };
  const keys = (e: KeyboardEvent) => {
    const tag = parseTag(text);
    if (e.key === "Enter" && tag) {
      setText("");
      put([...tags, tagText(tag)], "");
    } else if (e.key === "Backspace" && text === "" && tags.length > 0) put(tags.slice(0, -1), "");
    else if (e.key === "Escape") type("");
  };
  return (
    <div className="search" title={t("list.searchHelp")}>
      {tags.map((tag, i) => (
        <span key={tag} className="tag">
          {tag}
          <button type="button" aria-label={t("act.remove")} onClick={() => put(tags.toSpliced(i, 1), text)}>
            <Icon name="close" />
          </button>
        </span>
      ))}
      <input
        type="search"
        value={text}
        aria-label={t("list.search")}
        placeholder={tags.length === 0 ? t("list.searchPlaceholder") : ""}
        onChange={(e) => type(e.target.value)}
        onKeyDown={keys}
      />
    </div>
  );
}
