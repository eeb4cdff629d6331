import { stringify } from "yaml";
import { t } from "../i18n/text";
import type { KubeObject } from "../kube/types";
import { CopyButton } from "../ui/pieces";
import { Link } from "../ui/router";
import { withoutNoise } from "./manifest";
import { later } from "./later";

const YamlEditor = later(() => import("./YamlEditor"));

/** An object as YAML, following the cluster, for reading. */
export function YamlView({ object, editAt }: { object: KubeObject; editAt: string }) {
  const text = stringify(withoutNoise(object, false));
  return (
    <>
      <div className="row">
        <Link className="button" to={editAt}>
          {t("act.editYaml")}
        </Link>
        <CopyButton text={text} label={t("act.copy")} />
      </div>
      <YamlEditor text={text} label="YAML" />
    </>
  );
}
