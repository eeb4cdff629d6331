import { useState } from "react";
import { t } from "../../i18n/text";
import { DetailsHeader } from "../../parts/DetailsHeader";
import { Loading, Problem } from "../../parts/Problem";
import { useConsole } from "../../parts/scope";
import { Button } from "../../ui/Button";
import { Notice, Tabs, useTab } from "../../ui/pieces";
import { usePath, type Parameters } from "../../ui/router";
import { DeleteBusiness } from "./DeleteBusiness";
import { Info } from "./Info";
import { Members } from "./Members";
import { Namespaces } from "./Namespaces";
import { statusText } from "./Phase";
import { useBusiness } from "./useBusiness";

export default function DetailsPage({ parameters }: { parameters: Parameters }) {
  const id = parameters["business"] ?? "";
  return <Details key={id} id={id} />;
}

/** One business, in either portal: what may be changed depends on who looks. */
function Details({ id }: { id: string }) {
  const { portal } = useConsole();
  const platform = usePath().startsWith("/p/");
  const business = useBusiness(id);
  const [doomed, setDoomed] = useState(false);
  const tabs = [
    { id: "info", title: t("business.info") },
    { id: "members", title: t("business.memberList") },
    { id: "namespaces", title: t("business.namespaceList") },
  ];
  const tab = useTab(tabs);
  const { project } = business;
  const unknown = business.administrator
    ? !project && !business.loading && !business.projectError
    : !portal.businesses.some((b) => b.name === id);
  if (unknown) return <div className="empty">{t("error.gone", { name: id })}</div>;
  if (business.loading) return <Loading />;
  const said = Boolean(project?.status?.message || project?.status?.reason);
  return (
    <div className="page">
      <DetailsHeader title={`${business.displayName} (${id})`} back={platform ? "/p/businesses" : "/b"}>
        {platform && project && (
          <Button
            kind="danger"
            disabled={project.metadata.deletionTimestamp !== undefined}
            onClick={() => setDoomed(true)}
          >
            {t("business.delete")}
          </Button>
        )}
      </DetailsHeader>
      <Problem error={business.projectError} />
      {said && <Notice tone="warn">{statusText(project?.status)}</Notice>}
      <Tabs tabs={tabs} label={t("tab.label")} />
      {tab === "info" && <Info business={business} />}
      {tab === "members" && <Members business={business} />}
      {tab === "namespaces" && <Namespaces business={business} platform={platform} />}
      {doomed && project && <DeleteBusiness project={project} onClose={() => setDoomed(false)} />}
    </div>
  );
}
