import { useScope } from "../parts/scope";
import type { Parameters } from "../ui/router";
import EditYamlPage from "./EditYamlPage";
import { kinds } from "./kinds";

export default function EditPage({ parameters }: { parameters: Parameters }) {
  const { base } = useScope();
  const { resource = "", name = "" } = parameters;
  const Edit = kinds[resource]?.Edit;
  return Edit ? <Edit key={`${base}/${name}`} name={name} /> : <EditYamlPage parameters={parameters} />;
}
