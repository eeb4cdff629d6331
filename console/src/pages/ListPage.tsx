import { useScope } from "../parts/scope";
import type { Parameters } from "../ui/router";
import { AllKinds } from "./AllKinds";
import { EventsPage } from "./EventsPage";
import { GenericList } from "./GenericList";
import { kinds } from "./kinds";

export default function ListPage({ parameters }: { parameters: Parameters }) {
  const id = parameters["resource"] ?? "";
  // Nothing that was chosen in one place may be done in another.
  const key = `${useScope().base}/${id}`;
  const List = kinds[id]?.List;
  if (id === "all") return <AllKinds />;
  if (id === "events") return <EventsPage />;
  return List ? <List key={key} /> : <GenericList key={key} id={id} />;
}
