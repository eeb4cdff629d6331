import type { Parameters } from "../ui/router";
import CreateYamlPage from "./CreateYamlPage";
import { kinds } from "./kinds";

export default function CreatePage({ parameters }: { parameters: Parameters }) {
  const Create = kinds[parameters["resource"] ?? ""]?.Create;
  return Create ? <Create /> : <CreateYamlPage />;
}
