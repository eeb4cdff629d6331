import { t } from "../i18n/text";
import { useList } from "../kube/hooks";
import { known } from "../kube/path";
import { businessBase, platformBase, usable, useConsole, type Scope } from "../parts/scope";
import { Select } from "../ui/Select";
import { Link, navigate } from "../ui/router";

/** Which business and namespace, or which cluster: every choice is an address. */
export function ContextBar({ scope, resource }: { scope: Scope; resource: string }) {
  return (
    <div className="context">
      {scope.portal === "business" ? (
        <BusinessChoice scope={scope} resource={resource} />
      ) : (
        <ClusterChoice scope={scope} resource={resource} />
      )}
      <span className="grow" />
      <Link className="button small" to={`${scope.base}/yaml/new`}>
        {t("yaml.createTitle")}
      </Link>
    </div>
  );
}

function BusinessChoice({ scope, resource }: { scope: Scope; resource: string }) {
  const { portal } = useConsole();
  const namespaces = scope.business?.namespaces.filter(usable) ?? [];
  const severalClusters = new Set(namespaces.map((n) => n.cluster)).size > 1;
  const toBusiness = (name: string) => {
    const first = portal.businesses.find((b) => b.name === name)?.namespaces.find(usable);
    navigate(first ? `${businessBase(name, first.cluster, first.namespace)}/${resource}` : "/b");
  };
  const toNamespace = (name: string) => {
    const chosen = namespaces.find((n) => n.name === name);
    if (chosen) navigate(`${businessBase(scope.business!.name, chosen.cluster, chosen.namespace)}/${resource}`);
  };
  const current = namespaces.find((n) => n.namespace === scope.namespace && n.cluster === scope.cluster);
  return (
    <>
      <Select
        label={t("context.business")}
        value={scope.business?.name ?? ""}
        options={portal.businesses.map((b) => ({ value: b.name, label: b.displayName || b.name }))}
        onChange={toBusiness}
      />
      <Select
        label={t("context.namespace")}
        value={current?.name ?? ""}
        placeholder={namespaces.length === 0 ? t("context.noNamespace") : t("context.chooseNamespace")}
        options={namespaces.map((n) => ({
          value: n.name,
          label: severalClusters ? `${n.namespace} (${n.cluster})` : n.namespace,
        }))}
        onChange={toNamespace}
      />
    </>
  );
}

function ClusterChoice({ scope, resource }: { scope: Scope; resource: string }) {
  const { portal, session } = useConsole();
  const namespaces = useList({ cluster: scope.cluster, resource: known.namespaces });
  const listed = namespaces.items.map((n) => n.metadata.name).sort();
  // Who may not list them has one, and where he is now.
  const mine = [session.limited?.namespace, scope.namespace].filter((n): n is string => !!n);
  const names = listed.length > 0 ? listed : [...new Set(mine)];
  return (
    <>
      <Select
        label={t("context.cluster")}
        value={scope.cluster}
        options={portal.clusters.map((c) => ({ value: c.id, label: c.name }))}
        onChange={(id) => navigate(`${platformBase(id, "")}/${resource}`)}
      />
      <Select
        label={t("context.namespace")}
        value={scope.namespace || "-"}
        options={[{ value: "-", label: t("context.all") }, ...names.map((n) => ({ value: n, label: n }))]}
        onChange={(name) => navigate(`${platformBase(scope.cluster, name)}/${resource}`)}
      />
    </>
  );
}
