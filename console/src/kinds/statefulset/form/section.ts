import type { ComponentType } from "react";
import type { Manifest } from "./manifest";

export interface FormProblem {
  /** Where in the object: matched against what the server says too. */
  field: string;
  message: string;
  /** A hint does not keep anybody from submitting. */
  hint?: boolean;
}

export interface FieldsProps<V> {
  view: V;
  manifest: Manifest;
  change: (view: V) => void;
  problem: (field: string) => string | undefined;
}

/** One part of the form: how it reads the manifest, how it writes it, its rules, its fields. A new part is a new folder. */
export interface Section<V> {
  id: string;
  title: () => string;
  read: (manifest: Manifest) => V;
  write: (manifest: Manifest, view: V) => void;
  rules: (view: V, manifest: Manifest) => FormProblem[];
  /** The fields that this part shows, `*` for any key; what no part shows is kept and said. */
  shows: readonly string[];
  Fields: ComponentType<FieldsProps<V>>;
}

/** Sections of different views side by side: the view stays inside. */
export interface AnySection {
  id: string;
  title: () => string;
  read: (manifest: Manifest) => unknown;
  /** Writes a view that `read` gave, of this manifest or, in part, of others. */
  write: (manifest: Manifest, view: unknown) => void;
  rules: (manifest: Manifest) => FormProblem[];
  shows: readonly string[];
  Show: ComponentType<{
    manifest: Manifest;
    edit: (change: (manifest: Manifest) => void) => void;
    problem: (field: string) => string | undefined;
  }>;
}
