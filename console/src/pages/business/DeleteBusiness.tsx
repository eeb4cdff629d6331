import { useState } from "react";
import { t } from "../../i18n/text";
import { useList } from "../../kube/hooks";
import { remove } from "../../kube/write";
import { Problem } from "../../parts/Problem";
import { StepsDialog } from "../../parts/Progress";
import { Field, Notice } from "../../ui/pieces";
import { namespacePlace, projectPlace, type BusinessNamespace, type Project } from "./objects";

interface DeleteBusinessProps {
  project: Project;
  onClose: () => void;
}

/** Typing the id says that it is meant: everything in the business's namespaces goes with it. */
export function DeleteBusiness({ project, onClose }: DeleteBusinessProps) {
  const { name, uid } = project.metadata;
  const { items: namespaces, loading, error } = useList<BusinessNamespace>(namespacePlace(name));
  const [typed, setTyped] = useState("");
  return (
    <StepsDialog
      title={t("business.delete")}
      confirm={t("act.delete")}
      danger
      valid={typed === name && !loading && !error}
      onClose={onClose}
      steps={() => [{ name, run: () => remove(projectPlace, name, { uid, propagationPolicy: "Background" }) }]}
    >
      <p>{t("act.deleteQuestion", { kind: t("context.business"), name: project.spec.displayName || name })}</p>
      <Problem error={error} />
      {namespaces.length > 0 && (
        <Notice tone="bad">
          {t("business.deleteTakes")}
          <ul>
            {namespaces.map((n) => (
              <li key={n.metadata.name}>
                {n.spec.namespace} ({n.spec.clusterName})
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <Field name={t("business.typeId", { id: name })} must>
        {(ids) => (
          <input
            {...ids}
            className="text mono"
            autoFocus
            autoComplete="off"
            placeholder={name}
            value={typed}
            onChange={(e) => setTyped(e.target.value.trim())}
          />
        )}
      </Field>
    </StepsDialog>
  );
}
