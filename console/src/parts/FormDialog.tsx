import type { ReactNode } from "react";
import { t } from "../i18n/text";
import type { Action } from "../kube/hooks";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { Problem } from "./Problem";

interface FormDialogProps {
  title: string;
  confirm: string;
  width?: number;
  valid: boolean;
  act: Action<[]>;
  onClose: () => void;
  children: ReactNode;
}

/** Fields, and one thing that is done with them; what went wrong stands above them. */
export function FormDialog({ title, confirm, width, valid, act, onClose, children }: FormDialogProps) {
  return (
    <Dialog
      title={title}
      closeText={t("act.close")}
      onClose={onClose}
      {...(width ? { width } : {})}
      footer={
        <>
          <Button onClick={onClose}>{t("act.cancel")}</Button>
          <Button kind="primary" busy={act.busy} disabled={!valid} onClick={() => void act.run()}>
            {confirm}
          </Button>
        </>
      }
    >
      <Problem error={act.error} />
      {children}
    </Dialog>
  );
}
