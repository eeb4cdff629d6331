import type { Parameters } from "../ui/router";
import { AllKinds } from "./AllKinds";
import { EventsPage } from "./EventsPage";
import { GenericList } from "./GenericList";
import { kinds } from "./kinds";

export default function ListPage({ parameters }: { parameters: Parameters }) {
  const id = parameters["resource"] ?? "";
  const List = kinds[id]?.List;
  if (id === "all") return <AllKinds />;
  if (id === "events") return <EventsPage />;
  return List ? <List key={id} /> : <GenericList key={id} id={id} />;
}
