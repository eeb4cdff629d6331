import { useState } from "react";
import { FormDialog } from "../parts/FormDialog";
import { hub } from "./business/objects";
import { t } from "../i18n/text";
import { addCluster, removeCluster, type ClusterInfo } from "../kube/gateway";
import { useAction } from "../kube/hooks";
import { Credential } from "../parts/Credential";
import { Problem } from "../parts/Problem";
import { StepsDialog } from "../parts/Progress";
import { platformBase, useConsole } from "../parts/scope";
import { Button } from "../ui/Button";
import { Dot, Field } from "../ui/pieces";
import { Link } from "../ui/router";
import { Table, type Column } from "../ui/Table";

export default function ClustersPage() {
  const { portal, reload: ask } = useConsole();
  const again = useAction(ask);
  const [adding, setAdding] = useState(false);
  const [doomed, setDoomed] = useState<ClusterInfo>();
  const [credential, setCredential] = useState<ClusterInfo>();
  const columns: Column<ClusterInfo>[] = [
    { id: "name", title: t("column.name"), cell: (c) => <Link to={`${platformBase(c.id, "")}/nodes`}>{c.name}</Link> },
    { id: "id", title: "ID", cell: (c) => c.id },
    { id: "version", title: t("column.version"), cell: (c) => c.version },
    {
      id: "state",
      title: t("column.status"),
      width: "minmax(140px, 2fr)",
      cell: (c) => (
        <Dot tone={c.state === "Ready" ? "good" : "bad"} title={c.reason || undefined}>
          {c.state} <span className="quiet">{c.reason}</span>
        </Dot>
      ),
    },
    {
      id: "acts",
      title: t("column.actions"),
      width: "220px",
      acts: true,
      cell: (c) => (
        <span className="row">
          <Button kind="link" small onClick={() => setCredential(c)}>
            {t("credential.title")}
          </Button>
          <Button kind="link" small disabled={c.id === hub} onClick={() => setDoomed(c)}>
            {t("act.remove")}
          </Button>
        </span>
      ),
    },
  ];
  return (
    <div className="page">
      <header className="row">
        <h1 className="grow">{t("side.clusters")}</h1>
        <Button kind="primary" onClick={() => setAdding(true)}>
          {t("cluster.add")}
        </Button>
      </header>
      <Problem error={again.error} />
      <Table
        fit
        label={t("side.clusters")}
        columns={columns}
        rows={portal.clusters}
        keyOf={(c) => c.id}
        empty={t("list.empty")}
      />
      {adding && <Add onClose={() => setAdding(false)} onDone={() => void again.run()} />}
      {credential && (
        <Credential cluster={credential.id} help={t("credential.help")} onClose={() => setCredential(undefined)} />
      )}
      {doomed && (
        <StepsDialog
          title={t("cluster.remove")}
          confirm={t("act.remove")}
          danger
          onClose={() => setDoomed(undefined)}
          onDone={() => void again.run()}
          steps={() => [{ name: doomed.name, run: () => removeCluster(doomed.id) }]}
        >
          <p>{t("cluster.removeQuestion", { name: doomed.name })}</p>
        </StepsDialog>
      )}
    </div>
  );
}

function Add({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const [name, setName] = useState("");
  const [config, setConfig] = useState("");
  const add = useAction(async () => {
    await addCluster(name.trim(), config);
    onDone();
    onClose();
  });
  return (
    <FormDialog
      title={t("cluster.add")}
      width={720}
      confirm={t("act.done")}
      valid={name.trim() !== "" && config.trim() !== ""}
      act={add}
      onClose={onClose}
    >
      <Field name={t("column.name")} must>
        {(ids) => <input {...ids} className="text" value={name} onChange={(e) => setName(e.target.value)} />}
      </Field>
      <Field name="kubeconfig" must hint={t("cluster.kubeconfigHint")}>
        {(ids) => (
          <textarea
            {...ids}
            className="text mono"
            rows={12}
            value={config}
            onChange={(e) => setConfig(e.target.value)}
          />
        )}
      </Field>
    </FormDialog>
  );
}
