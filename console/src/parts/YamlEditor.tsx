import { autocompletion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import {
  bracketMatching,
  defaultHighlightStyle,
  foldGutter,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
} from "@codemirror/language";
import { linter, lintGutter, type Diagnostic } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { useEffect, useRef } from "react";
import { isNode, type Document } from "yaml";
import { t } from "../i18n/text";
import { useDark } from "../ui/theme";
import type { Json } from "./manifest";
import { faults, fieldOffers, valueOffers, type Offer } from "./openapi";
import { schemasOf } from "./schemas";
import { rangeIn, yamlPlace } from "./yamlPlace";
import { documentsOf, valueOf } from "./yamlText";
import "./logs.css";

const darkStyle = HighlightStyle.define([
  { tag: tags.propertyName, color: "#8ab4ff" },
  { tag: tags.definition(tags.propertyName), color: "#8ab4ff" },
  { tag: [tags.string, tags.content], color: "#c6e5b1" },
  { tag: [tags.number, tags.bool], color: "#ffc98a" },
  { tag: tags.comment, color: "#8a96a8", fontStyle: "italic" },
]);

const look = (dark: boolean) => [
  EditorView.theme(
    {
      "&": { backgroundColor: "transparent", color: "inherit" },
      ".cm-gutters": { backgroundColor: "transparent", border: "0", color: "var(--quiet)" },
      ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--brand-soft) 45%, transparent)" },
    },
    { dark },
  ),
  syntaxHighlighting(dark ? darkStyle : defaultHighlightStyle),
];

/** What the YAML itself and, where the cluster publishes one, the schema of each document's kind find wrong. */
const checks = (cluster: string | undefined) =>
  linter(async (view) => {
    const length = view.state.doc.length;
    const documents = documentsOf(view.state.doc.toString());
    const found = await Promise.all(
      documents.map(async (document): Promise<Diagnostic[]> => {
        if (document.errors.length > 0)
          return document.errors.map((e) => ({ from: e.pos[0], to: e.pos[1], severity: "error", message: e.message }));
        const read = valueOf(document);
        if ("error" in read) {
          const [from, to] = document.range;
          return [{ from, to, severity: "error", message: read.error }];
        }
        return cluster === undefined ? [] : schemaFaults(cluster, document, read.value);
      }),
    );
    return found
      .flat()
      .map((d) => ({ ...d, from: Math.min(d.from, length), to: Math.min(Math.max(d.from, d.to), length) }));
  });

async function schemaFaults(cluster: string, document: Document, said: unknown): Promise<Diagnostic[]> {
  const value = said as { apiVersion?: unknown; kind?: unknown } | null;
  if (typeof value?.apiVersion !== "string" || typeof value.kind !== "string") return [];
  const schemas = await schemasOf(cluster, value.apiVersion);
  const kind = schemas?.kind(value.apiVersion, value.kind);
  if (!schemas || !kind) return [];
  return faults(schemas, kind, value as Json).map((fault) => {
    const [from, to] = rangeIn(isNode(document.contents) ? document.contents : null, fault.path, fault.key);
    return { from, to, severity: "error", message: t(`yaml.fault.${fault.kind}`, { said: fault.said }) };
  });
}

/** Fields and values that the cluster knows at the cursor. */
async function complete(cluster: string, context: CompletionContext): Promise<CompletionResult | null> {
  const place = yamlPlace(context.state.doc.toString(), context.pos);
  if (!place || (place.word === "" && !context.explicit)) return null;
  const schemas = await schemasOf(cluster, place.apiVersion);
  const kind = schemas?.kind(place.apiVersion, place.kind);
  if (!schemas || !kind) return null;
  const schema = schemas.at(kind, place.path);
  if (place.typing === "value") {
    const glued = context.state.sliceDoc(place.from - 1, place.from) === ":" ? " " : "";
    const options = valueOffers(schema).map((label) => ({ label, apply: glued + label }));
    return options.length > 0 ? { from: place.from, options, validFor: /^[\w.-]*$/ } : null;
  }
  const line = context.state.doc.lineAt(context.pos);
  const column = place.from - line.from;
  const named = /^\s*:/.test(line.text.slice(context.pos - line.from));
  const option = (offer: Offer) => ({
    label: offer.label,
    detail: offer.detail,
    info: offer.info,
    type: "property",
    boost: offer.required ? 2 : 0,
    apply: named ? offer.label : offer.apply.replaceAll("\n", `\n${" ".repeat(column)}`),
  });
  const options = fieldOffers(schemas, schema, place.present).map(option);
  return options.length > 0 ? { from: place.from, options, validFor: /^[\w.$-]*$/ } : null;
}

interface YamlEditorProps {
  text: string;
  onChange?: (text: string) => void;
  label: string;
  /** Whose kinds are written: its own description of them completes and checks. */
  cluster?: string;
}

/** A YAML editor; read-only without onChange. Text from outside replaces only what differs, so the cursor stays. */
export default function YamlEditor({ text, onChange, label, cluster }: YamlEditorProps) {
  const holder = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const latest = useRef(onChange);
  const dark = useDark();
  const theme = useRef(new Compartment());
  const first = useRef({ text, cluster, dark, label });
  useEffect(() => {
    latest.current = onChange;
  });
  useEffect(() => {
    const editable = latest.current !== undefined;
    const start = first.current;
    const made = new EditorView({
      parent: holder.current!,
      state: EditorState.create({
        doc: start.text,
        extensions: [
          lineNumbers(),
          foldGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          highlightActiveLine(),
          highlightSelectionMatches(),
          yaml(),
          checks(start.cluster),
          lintGutter(),
          autocompletion({
            override: start.cluster === undefined ? [] : [(context) => complete(start.cluster!, context)],
          }),
          keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, indentWithTab]),
          EditorState.readOnly.of(!editable),
          EditorView.contentAttributes.of({ "aria-label": start.label, tabindex: "0" }),
          theme.current.of(look(start.dark)),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && !update.transactions.some((tr) => tr.isUserEvent("outside")))
              latest.current?.(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    return () => made.destroy();
  }, []);
  useEffect(() => {
    view.current?.dispatch({ effects: theme.current.reconfigure(look(dark)) });
  }, [dark]);
  useEffect(() => {
    const editor = view.current;
    const now = editor?.state.doc.toString() ?? "";
    if (!editor || now === text) return;
    let from = 0;
    while (from < now.length && from < text.length && now[from] === text[from]) from++;
    let tail = 0;
    while (
      tail < now.length - from &&
      tail < text.length - from &&
      now[now.length - 1 - tail] === text[text.length - 1 - tail]
    )
      tail++;
    editor.dispatch({
      changes: { from, to: now.length - tail, insert: text.slice(from, text.length - tail) },
      userEvent: "outside",
    });
  }, [text]);
  return <div ref={holder} className="editor" />;
}
