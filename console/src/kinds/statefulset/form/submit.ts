import type { KubeObject } from "../../../kube/types";

interface Doors {
  create: (object: KubeObject, dryRun: boolean, onWarning: (warning: string) => void) => Promise<KubeObject>;
  remove: (object: KubeObject) => Promise<unknown>;
}

export interface Undone {
  names: string[];
  failed: string[];
}

export type Outcome = { ok: true; warnings: string[] } | { ok: false; error: unknown; undone: Undone };

/** Several objects, all or nothing: tried first without effect; if one then fails, those that this submission made go again, by UID. */
export async function submit(objects: readonly KubeObject[], doors: Doors): Promise<Outcome> {
  const warnings: string[] = [];
  const made: KubeObject[] = [];
  try {
    for (const object of objects) await doors.create(object, true, (w) => warnings.push(w));
    for (const object of objects) made.push(await doors.create(object, false, () => {}));
    return { ok: true, warnings: [...new Set(warnings)] };
  } catch (error) {
    const undone: Undone = { names: [], failed: [] };
    for (const object of made.reverse()) {
      const name = `${object.kind ?? ""} ${object.metadata.name}`;
      try {
        await doors.remove(object);
        undone.names.push(name);
      } catch {
        undone.failed.push(name);
      }
    }
    return { ok: false, error, undone };
  }
}
