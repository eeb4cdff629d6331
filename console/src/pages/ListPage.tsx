import { Suspense, useMemo } from "react";
import { Loading } from "../parts/Problem";
import type { Parameters } from "../ui/router";
import { AllKinds } from "./AllKinds";
import { EventsPage } from "./EventsPage";
import { GenericList } from "./GenericList";
import { kinds } from "./kinds";

export default function ListPage({ parameters }: { parameters: Parameters }) {
  const id = parameters["resource"] ?? "";
  const List = useMemo(() => kinds[id]?.List, [id]);
  if (id === "all") return <AllKinds />;
  if (id === "events") return <EventsPage />;
  return <Suspense fallback={<Loading />}>{List ? <List key={id} /> : <GenericList key={id} id={id} />}</Suspense>;
}
