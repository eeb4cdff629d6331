import { parseAllDocuments, type Document } from "yaml";

/** What a document says as a plain value, or what is wrong with it: that an alias leads nowhere shows only when it is followed. */
export function valueOf(document: Document): { value: unknown } | { error: string } {
  const [error] = document.errors;
  if (error) return { error: error.message };
  try {
    return { value: document.toJS() };
  } catch (e) {
    return { error: e instanceof Error ? e.message : String(e) };
  }
}

export const documentsOf = (text: string): readonly Document.Parsed[] => [...parseAllDocuments(text)];
