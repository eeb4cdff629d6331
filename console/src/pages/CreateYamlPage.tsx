import { asStatus } from "../kube/request";
import { useState } from "react";
import { t } from "../i18n/text";
import { discover } from "../kube/discovery";
import type { KubeObject } from "../kube/types";
import { create } from "../kube/write";
import { DetailsHeader } from "../parts/DetailsHeader";
import { placeOfObject, useScope, type Scope } from "../parts/scope";
import { errorText } from "../parts/words";
import { Button } from "../ui/Button";
import { documentsOf, valueOf } from "../parts/yamlText";
import { later } from "../parts/later";

const YamlEditor = later(() => import("../parts/YamlEditor"));

interface Outcome {
  name: string;
  ok: boolean;
  text: string;
}

/** Several documents at once; each is tried first without effect, and each result is said. */
export default function CreateYamlPage() {
  const scope = useScope();
  const [text, setText] = useState("");
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const [busy, setBusy] = useState(false);
  const run = async (dryRun: boolean) => {
    setBusy(true);
    const results: Outcome[] = [];
    for (const object of documents(text)) {
      results.push(await put(scope, object, dryRun));
      setOutcomes([...results]);
    }
    setBusy(false);
    return results.every((r) => r.ok);
  };
  const start = async () => {
    if (await run(true)) await run(false);
  };
  return (
    <div className="page">
      <DetailsHeader title={t("yaml.createTitle")} back={`${scope.base}/statefulsets.apps`} />
      <YamlEditor text={text} onChange={setText} label="YAML" cluster={scope.cluster} />
      <ul aria-live="polite" style={{ margin: 0 }}>
        {outcomes.map((o, i) => (
          <li key={i} className={o.ok ? "good" : "bad"}>
            {o.name}: {o.text}
          </li>
        ))}
      </ul>
      <footer className="row">
        <Button kind="primary" busy={busy} disabled={!text.trim()} onClick={() => void start()}>
          {t("yaml.create")}
        </Button>
        <Button disabled={busy || !text.trim()} onClick={() => void run(true)}>
          {t("yaml.dryRun")}
        </Button>
      </footer>
    </div>
  );
}

type Parsed = KubeObject | { error: string };

function documents(text: string): Parsed[] {
  return documentsOf(text).flatMap((document): Parsed[] => {
    const read = valueOf(document);
    if ("error" in read) return [read];
    const object = read.value as KubeObject | null;
    if (!object) return [];
    return object.kind && object.apiVersion && object.metadata?.name ? [object] : [{ error: t("yaml.noName") }];
  });
}

async function put(scope: Scope, object: Parsed, dryRun: boolean): Promise<Outcome> {
  if ("error" in object) return { name: "YAML", ok: false, text: object.error };
  const name = `${object.kind ?? ""} ${object.metadata.name}`;
  try {
    await create(placeOfObject(scope, await discover(scope.cluster), object), object, dryRun);
    return { name, ok: true, text: t(dryRun ? "yaml.wouldCreate" : "yaml.created") };
  } catch (e) {
    return { name, ok: false, text: errorText(asStatus(e)) };
  }
}
