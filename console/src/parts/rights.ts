import { useMemo } from "react";
import { t } from "../i18n/text";
import type { Question } from "../kube/access";
import { useCan } from "../kube/hooks";
import type { Place } from "../kube/path";
import { useScope, type Scope } from "./scope";

/** What a button shows: off, and why, where the cluster would refuse. */
export interface Granted {
  disabled?: boolean;
  title?: string;
}

/** A right by its verb and kind; of one object when it is named. */
export interface Right {
  verb: string;
  resource: Place["resource"];
  subresource?: string;
  name?: string;
}

/** Undefined where no answer holds for all that is shown: rights in one namespace say nothing of a list of them all. */
export function questionOf({ namespace }: Pick<Scope, "namespace">, right: Right): Question | undefined {
  const { verb, resource, subresource, name } = right;
  if (resource.namespaced && !namespace) return undefined;
  return {
    verb,
    group: resource.group,
    resource: resource.plural,
    ...(subresource ? { subresource } : {}),
    ...(name ? { name } : {}),
    namespace: resource.namespaced ? namespace : undefined,
  };
}

/** Until the cluster has answered nothing is held back: it decides in any case. */
export function useRight(right: Right): Granted {
  const scope = useScope();
  const allowed = useCan(scope.cluster, questionOf(scope, right));
  const words = `${right.verb} ${right.resource.plural}${right.subresource ? `/${right.subresource}` : ""}`;
  return useMemo(
    () => (allowed === false ? { disabled: true, title: t("state.noRight", { right: words }) } : {}),
    [allowed, words],
  );
}
