import { useEffect, useMemo, useSyncExternalStore, type ReactNode } from "react";
import { hub } from "./business/objects";
import { currentLanguage, speak, t } from "../i18n/text";
import { signOut } from "../kube/gateway";
import { openLists } from "../kube/hooks";
import { asStatus } from "../kube/request";
import {
  rememberScope,
  ScopeContext,
  startOf,
  useConsole,
  type Scope,
  businessBase,
  platformBase,
  allNamespaces,
} from "../parts/scope";
import { errorText } from "../parts/words";
import { Button, Icon } from "../ui/Button";
import { Menu } from "../ui/Menu";
import { toast } from "../ui/pieces";
import { leaveFor, Link, navigate, type Parameters } from "../ui/router";
import { applyTheme, chosenTheme } from "../ui/theme";
import { useFollowed } from "./business/useFollowed";
import { ContextBar } from "./ContextBar";
import { Sidebar } from "./Sidebar";

interface FrameProps {
  portal: "business" | "platform";
  parameters: Parameters;
  children: ReactNode;
}

/** What stands around every page: top bar, sidebar, the choice of business and namespace, the quiet bar. */
export default function Frame({ portal: which, parameters, children }: FrameProps) {
  const { portal, session } = useConsole();
  const { business, cluster, namespace } = parameters;
  const scope = useMemo<Scope | undefined>(() => {
    if (!cluster || !namespace) return undefined;
    const base = business ? businessBase(business, cluster, namespace) : platformBase(cluster, namespace);
    const real = namespace === allNamespaces ? "" : namespace;
    return {
      portal: which,
      business: portal.businesses.find((b) => b.name === business),
      cluster,
      namespace: real,
      base,
    };
  }, [which, business, cluster, namespace, portal]);
  useEffect(() => {
    if (scope) rememberScope(scope);
  }, [scope]);
  useEffect(() => {
    const { resource, name } = parameters;
    document.title = [
      name,
      resource?.split(".")[0],
      t(which === "business" ? "frame.business" : "frame.platform"),
      "Ordinal",
    ]
      .filter(Boolean)
      .join(" · ");
  }, [parameters, which]);
  const home = which === "platform" && session.limited?.namespace;
  const start = scope?.base ?? (home ? platformBase(hub, home) : startOf(portal, which));
  useFollowed(which === "business" ? business : undefined);
  return (
    <div className="frame">
      <TopBar />
      <Sidebar which={which} base={start} resource={parameters["resource"]} />
      <main>
        <LimitedBar />
        {scope ? (
          <ScopeContext value={scope}>
            <ContextBar scope={scope} resource={parameters["resource"] ?? "statefulsets.apps"} />
            {children}
          </ScopeContext>
        ) : (
          children
        )}
        <StaleBar />
      </main>
    </div>
  );
}

function TopBar() {
  const { session } = useConsole();
  const other = currentLanguage() === "zh" ? "en" : "zh";
  const language = async () => {
    await speak(other);
    location.reload();
  };
  const leave = async (everywhere: boolean) => {
    try {
      await signOut(everywhere);
    } catch (e) {
      const error = asStatus(e);
      // A session that has ended already is what was wanted.
      if (error.code !== 401) return toast(errorText(error), true);
    }
    leaveFor("/login");
  };
  const themes = [
    { label: t("frame.light"), onSelect: () => applyTheme("light") },
    { label: t("frame.dark"), onSelect: () => applyTheme("dark") },
    { label: t("frame.system"), onSelect: () => applyTheme("system") },
  ];
  return (
    <header className="top">
      <Link to="/" className="logo">
        <img src="/icon.svg" alt="" width="24" height="24" />
        Ordinal
      </Link>
      <span className="grow" />
      <Button kind="link" lang={other} onClick={() => void language()}>
        {t("frame.otherLanguage")}
      </Button>
      <Menu kind="link" label={<ThemeIcon />} title={t("frame.theme", { theme: chosenTheme() })} items={themes} />
      <Menu
        kind="link"
        label={session.displayName || session.user}
        items={[
          ...(session.local ? [{ label: t("password.title"), onSelect: () => navigate("/password") }] : []),
          { label: t("frame.signOut"), onSelect: () => void leave(false) },
          { label: t("frame.signOutEverywhere"), onSelect: () => void leave(true) },
        ]}
      />
    </header>
  );
}

/** What a kubeconfig without the right to impersonate means, said once and quietly. */
function LimitedBar() {
  const { limited } = useConsole().session;
  if (!limited) return null;
  return (
    <div className="limited" role="note">
      {t(limited.namespace ? "frame.limitedNamespace" : "frame.limited", {
        user: limited.user || "kubeconfig",
        namespace: limited.namespace,
      })}
    </div>
  );
}

const ThemeIcon = () => (
  <>
    <Icon name="sun" />
    <span className="hidden-label">{t("frame.themeName")}</span>
  </>
);

/** Shown quietly while a watched list has lost its connection. */
function StaleBar() {
  const stale = useSyncExternalStore(subscribeClock, () => [...openLists()].some((l) => l.snapshot().stale));
  if (!stale) return null;
  return (
    <div className="stale" role="status">
      {t("frame.stale")}
      <Button small onClick={() => [...openLists()].forEach((l) => l.retry())}>
        {t("act.retry")}
      </Button>
    </div>
  );
}

const subscribeClock = (tick: () => void) => {
  const timer = setInterval(tick, 1000);
  return () => clearInterval(timer);
};
