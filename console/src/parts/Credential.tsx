import { t } from "../i18n/text";
import { kubeconfig } from "../kube/gateway";
import { useAction } from "../kube/hooks";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { CopyButton } from "../ui/pieces";
import { download } from "../ui/Table";
import { useState } from "react";
import { Problem } from "./Problem";

interface CredentialProps {
  cluster: string;
  /** Where kubectl works with it, when it is not told otherwise. */
  namespace?: string;
  help: string;
  onClose: () => void;
}

/** A kubeconfig of a cluster. Each one that is asked for is a fresh access token, so nobody gets one by looking. */
export function Credential({ cluster, namespace, help, onClose }: CredentialProps) {
  const [text, setText] = useState("");
  const make = useAction(async () => setText(await kubeconfig(cluster, namespace)));
  return (
    <Dialog title={t("credential.title")} closeText={t("act.close")} width={760} onClose={onClose}>
      <p>{help}</p>
      <Problem error={make.error} />
      {text === "" ? (
        <Button kind="primary" busy={make.busy} onClick={() => void make.run()}>
          {t("credential.make")}
        </Button>
      ) : (
        <>
          <div className="row">
            <Button onClick={() => download(`${cluster}${namespace ? `-${namespace}` : ""}-config`, text)}>
              {t("act.download")}
            </Button>
            <CopyButton text={text} label={t("act.copy")} />
          </div>
          <pre className="mono" style={{ maxHeight: "40vh", overflow: "auto" }}>
            {text}
          </pre>
        </>
      )}
    </Dialog>
  );
}
