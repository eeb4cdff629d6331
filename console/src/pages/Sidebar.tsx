import { t } from "../i18n/text";
import { find } from "../kube/discovery";
import { useResources } from "../kube/hooks";
import type { Resource } from "../kube/types";
import { startOf, useConsole } from "../parts/scope";
import { Icon } from "../ui/Button";
import { Link, usePath } from "../ui/router";

interface Group {
  title: string;
  items: readonly (readonly [id: string, title: string])[];
}

/** The guide's tree. Names of kinds are Kubernetes' own in every language. */
const tree = (platform: boolean): readonly Group[] => [
  {
    title: t("side.workload"),
    items: [
      ["statefulsets.apps", "StatefulSet"],
      ["deployments.apps", "Deployment"],
      ["daemonsets.apps", "DaemonSet"],
      ["jobs.batch", "Job"],
      ["cronjobs.batch", "CronJob"],
      ["pods", "Pod"],
    ],
  },
  {
    title: t("side.service"),
    items: [
      ["services", "Service"],
      ["ingresses.networking.k8s.io", "Ingress"],
    ],
  },
  {
    title: t("side.config"),
    items: [
      ["configmaps", "ConfigMap"],
      ["secrets", "Secret"],
    ],
  },
  {
    title: t("side.storage"),
    items: [
      ["persistentvolumeclaims", "PersistentVolumeClaim"],
      ...(platform ? ([["persistentvolumes", "PersistentVolume"]] as const) : []),
      ["storageclasses.storage.k8s.io", "StorageClass"],
    ],
  },
];

/** What the cluster does not serve is not offered; until it has answered, everything is, so that nothing jumps. */
function offered(groups: readonly Group[], resources: readonly Resource[] | undefined): readonly Group[] {
  if (!resources) return groups;
  return groups
    .map(({ title, items }) => ({ title, items: items.filter(([id]) => find(resources, id) !== undefined) }))
    .filter(({ items }) => items.length > 0);
}

interface SidebarProps {
  which: "business" | "platform";
  base: string | undefined;
  resource: string | undefined;
}

export function Sidebar({ which, base, resource }: SidebarProps) {
  const { portal } = useConsole();
  const path = usePath();
  const platform = which === "platform";
  const resources = useResources(base?.split("/")[platform ? 2 : 3]);
  const other = platform ? "business" : "platform";
  const canSwitch = portal.administrator && portal.businesses.length > 0;
  const otherStart = startOf(portal, other);
  const otherAt = platform ? (otherStart ? `${otherStart}/statefulsets.apps` : "/b") : "/p/clusters";
  const item = (to: string, title: string) => (
    <Link
      key={to}
      className="item"
      to={to}
      title={title}
      aria-current={path === to || (to !== "/b" && path.startsWith(`${to}/`)) ? "page" : undefined}
    >
      {title}
    </Link>
  );
  return (
    <nav className="side" aria-label={t(platform ? "frame.platform" : "frame.business")}>
      <div className="portal">
        <span className="grow">{t(platform ? "frame.platform" : "frame.business")}</span>
        {canSwitch && (
          <Link
            to={otherAt}
            title={t(platform ? "frame.toBusiness" : "frame.toPlatform")}
            aria-label={t(platform ? "frame.toBusiness" : "frame.toPlatform")}
          >
            <Icon name="swap" />
          </Link>
        )}
      </div>
      {platform && item("/p/clusters", t("side.clusters"))}
      {platform && base && item(`${base}/nodes`, t("side.nodes"))}
      {platform && item("/p/businesses", t("side.businesses"))}
      {platform && item("/p/users", t("side.users"))}
      {platform && <hr />}
      {!platform && portal.businesses.length > 0 && (
        <Link
          className="item"
          to={base ? `${base}/statefulsets.apps` : "/b"}
          aria-current={resource ? "true" : undefined}
        >
          {t("side.application")}
        </Link>
      )}
      {base && (
        <>
          {platform && item(`${base}/namespaces`, t("side.namespaces"))}
          {offered(tree(platform), resources).map((group) => (
            <details
              key={group.title}
              open={group.title === t("side.workload") || group.items.some(([id]) => id === resource)}
            >
              <summary>
                {group.title}
                <Icon name="right" />
              </summary>
              {group.items.map(([id, title]) => item(`${base}/${id}`, title))}
            </details>
          ))}
          {item(`${base}/events`, t("side.events"))}
          {item(`${base}/all`, t("side.all"))}
          <hr />
        </>
      )}
      {!platform && portal.businesses.length > 0 && item("/b", t("side.business"))}
    </nav>
  );
}
