import { unifiedMergeView } from "@codemirror/merge";
import { yaml } from "@codemirror/lang-yaml";
import { defaultHighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { t } from "../i18n/text";
import { useDark } from "../ui/theme";
import "./logs.css";

/** What changes from one text to the other, in one column, unchanged parts folded away. */
export default function DiffView({ before, after }: { before: string; after: string }) {
  const holder = useRef<HTMLDivElement>(null);
  const dark = useDark();
  const same = before === after;
  useEffect(() => {
    if (same) return;
    const view = new EditorView({
      parent: holder.current!,
      doc: after,
      extensions: [
        lineNumbers(),
        yaml(),
        ...(dark ? [] : [syntaxHighlighting(defaultHighlightStyle)]),
        EditorView.theme(
          {
            "&": { backgroundColor: "transparent" },
            ".cm-gutters": { backgroundColor: "transparent", border: "0" },
            ".cm-collapsedLines:before, .cm-collapsedLines:after": { content: "none" },
            ".cm-collapsedLines": { background: "var(--bg)", color: "var(--quiet)" },
          },
          { dark },
        ),
        EditorState.readOnly.of(true),
        EditorState.phrases.of({ "$ unchanged lines": t("diff.unchanged") }),
        EditorView.editable.of(false),
        EditorView.contentAttributes.of({ tabindex: "0", "aria-label": "YAML" }),
        unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged: { margin: 2, minSize: 6 } }),
      ],
    });
    return () => view.destroy();
  }, [before, after, dark, same]);
  return same ? <p className="quiet">{t("diff.same")}</p> : <div ref={holder} className="diff" />;
}
