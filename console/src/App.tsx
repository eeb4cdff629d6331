import { Component, useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import { t } from "./i18n/text";
import { portal, whoAndWhat, type Portal, type Session } from "./kube/gateway";
import { asStatus, onSignedOut, type StatusError } from "./kube/request";
import { Loading, Problem } from "./parts/Problem";
import { hub } from "./pages/business/objects";
import { applicationOf, ConsoleContext, platformBase, redirected } from "./parts/scope";
import { useReturn } from "./parts/useReturn";
import { frame as Frame, loadAhead, pageAt, type Route } from "./routes";
import { Button } from "./ui/Button";
import { Toasts } from "./ui/pieces";
import { leaveFor, navigate, usePath } from "./ui/router";
import { whenIdle } from "./kube/idle";

const toLogin = () => {
  if (location.pathname !== "/login") leaveFor(`/login?to=${encodeURIComponent(location.pathname + location.search)}`);
};
onSignedOut(toLogin);

/** Asked while the page's scripts are still on their way. */
let early: ReturnType<typeof whoAndWhat> | undefined;
if (pageAt(location.pathname)?.route.frame !== "none") {
  early = whoAndWhat();
  early.catch(() => {});
}

export function App() {
  const path = usePath();
  const found = pageAt(path);
  return (
    <Broken path={path}>
      {found?.route.frame === "none" ? <Bare route={found.route} /> : <SignedIn path={path} found={found} />}
      <Toasts />
    </Broken>
  );
}

function Bare({ route }: { route: Route }) {
  const Page = route.page;
  return <Page parameters={{}} />;
}

function SignedIn({ path, found }: { path: string; found: ReturnType<typeof pageAt> }) {
  const [state, setState] = useState<{ session: Session; portal: Portal } | StatusError>();
  useEffect(() => {
    let alive = true;
    const load = async () => {
      const asked = early ?? whoAndWhat();
      early = undefined;
      const { session, portal: mine } = await asked;
      if (!alive) return;
      if (mine) setState({ session, portal: mine });
      else navigate("/password", { replace: true });
    };
    load().catch((e: unknown) => {
      const error = asStatus(e);
      if (!alive) return;
      if (error.code === 401) toLogin();
      else setState(error);
    });
    return () => {
      alive = false;
    };
  }, []);
  const reload = useCallback(async () => {
    const mine = await portal();
    setState((now) => (now && !(now instanceof Error) && !same(now.portal, mine) ? { ...now, portal: mine } : now));
  }, []);
  // What the user may see can change at any time, and nothing that he may watch says all of it.
  useReturn(reload, path);
  const first = state instanceof Error || !state ? undefined : found?.route.page;
  const there = first !== undefined;
  useEffect(() => {
    if (there)
      first?.ahead().then(
        () => whenIdle(() => void loadAhead()),
        () => {},
      );
    // Once, behind the first page.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [there]);
  const provided = useMemo(
    () => (state && !(state instanceof Error) ? { ...state, reload } : undefined),
    [state, reload],
  );
  if (!state) return <Loading />;
  if (state instanceof Error) {
    return (
      <div className="page">
        <Problem error={state} />
        <Button onClick={() => location.reload()}>{t("act.retry")}</Button>
      </div>
    );
  }
  if (!found) return <Start {...state} path={path} />;
  const Page = found.route.page;
  const which = found.route.frame === "platform" ? "platform" : "business";
  const away = redirected(state.portal, which);
  if (away && away !== path) return <Redirect to={away} />;
  return (
    <ConsoleContext value={provided}>
      <Frame portal={which} parameters={found.parameters}>
        <Page parameters={found.parameters} />
      </Frame>
    </ConsoleContext>
  );
}

/** The answer of a moment ago, said again, must not draw every page anew. */
const same = (a: Portal, b: Portal) => JSON.stringify(a) === JSON.stringify(b);

function Redirect({ to }: { to: string }) {
  useEffect(() => navigate(to, { replace: true }), [to]);
  return <Loading />;
}

/** The address says no page: where would this user begin? */
function Start({ session, portal: mine, path }: { session: Session; portal: Portal; path: string }) {
  if (path !== "/") return <div className="empty">{t("error.noPage")}</div>;
  const home = session.limited?.namespace;
  if (home) return <Redirect to={`${platformBase(hub, home)}/statefulsets.apps`} />;
  return <Redirect to={redirected(mine, "business") ?? applicationOf(mine)} />;
}

/** What no page caught: said plainly, with a way out. A page that could not be loaded is an update of the console. */
class Broken extends Component<{ path: string; children: ReactNode }, { error: Error | undefined }> {
  override state: { error: Error | undefined } = { error: undefined };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override componentDidUpdate(before: { path: string }) {
    if (before.path !== this.props.path && this.state.error) this.setState({ error: undefined });
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <div className="empty">
        <p>{t("error.broken")}</p>
        <p className="mono">{error.message}</p>
        <Button onClick={() => location.reload()}>{t("act.retry")}</Button>
      </div>
    );
  }
}
