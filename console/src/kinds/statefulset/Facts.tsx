import { stringify } from "yaml";
import { t } from "../../i18n/text";
import type { Container, StatefulSet } from "../../kube/types";
import { FactList, Tags } from "../../parts/FactList";
import { labelList, moment, selectorText } from "../../parts/words";
import { partition, wanted } from "./kind";

export function Facts({ set }: { set: StatefulSet }) {
  const { template } = set.spec;
  const strategy = set.spec.updateStrategy?.type ?? "RollingUpdate";
  return (
    <>
      <section className="card stack">
        <h2>{t("fact.basic")}</h2>
        <FactList
          facts={[
            [t("column.name"), set.metadata.name],
            [t("column.namespace"), set.metadata.namespace],
            [t("form.description"), set.metadata.annotations?.["description"] ?? "-"],
            [t("fact.created"), moment(set.metadata.creationTimestamp)],
            [t("column.labels"), <Tags key="l" of={labelList(set.metadata.labels)} />],
            [t("column.selector"), selectorText(set.spec.selector)],
            [
              t("sts.updateType"),
              strategy === "RollingUpdate" ? `${strategy} · partition ${partition(set)}` : strategy,
            ],
            [t("form.management"), set.spec.podManagementPolicy ?? "OrderedReady"],
            [t("fact.replicas"), wanted(set)],
            ["Service", set.spec.serviceName || "-"],
            [t("form.network"), template.spec.hostNetwork ? t("form.networkHost") : t("form.networkOverlay")],
            [t("fact.generation"), `${set.status?.observedGeneration ?? "-"} / ${set.metadata.generation ?? "-"}`],
          ]}
        />
      </section>
      {template.spec.containers.map((container) => (
        <ContainerFacts key={container.name} container={container} />
      ))}
      <section className="card stack">
        <h2>{t("form.volumes")}</h2>
        <FactList
          facts={[
            ...(template.spec.volumes ?? []).map(
              ({ name, ...source }) => [name, <code key={name}>{JSON.stringify(source)}</code>] as const,
            ),
            ...(set.spec.volumeClaimTemplates ?? []).map(
              (c) =>
                [
                  c.metadata.name,
                  `${t("form.volumeTemplate")} · ${c.spec.storageClassName ?? "-"} · ${c.spec.resources?.requests?.["storage"] ?? ""}`,
                ] as const,
            ),
          ]}
        />
      </section>
    </>
  );
}

function ContainerFacts({ container: c }: { container: Container }) {
  const amounts = (of: Record<string, string | number> | undefined) =>
    Object.entries(of ?? {})
      .map(([k, v]) => `${k} ${v}`)
      .join(" · ") || "-";
  const env = (c.env ?? []).map((e) => `${e.name}=${e.value ?? (e.valueFrom ? Object.keys(e.valueFrom).join() : "")}`);
  const probe = (of: Record<string, unknown> | undefined) => (of ? <pre className="mono">{stringify(of)}</pre> : "-");
  return (
    <section className="card stack">
      <h2>
        {t("container.one")} {c.name}
      </h2>
      <FactList
        facts={[
          [t("form.image"), c.image ?? "-"],
          [t("form.pullPolicy"), c.imagePullPolicy ?? "-"],
          [t("fact.requests"), amounts(c.resources?.requests)],
          [t("fact.limits"), amounts(c.resources?.limits)],
          [t("form.workDir"), c.workingDir ?? "-"],
          [t("form.command"), (c.command ?? []).join(" ") || "-"],
          [t("form.args"), (c.args ?? []).join(" ") || "-"],
          [t("form.env"), <Tags key="e" of={env} />],
          [t("form.mounts"), <Tags key="m" of={(c.volumeMounts ?? []).map((m) => `${m.name} → ${m.mountPath}`)} />],
          [t("form.liveness"), probe(c.livenessProbe)],
          [t("form.readiness"), probe(c.readinessProbe)],
        ]}
      />
    </section>
  );
}
