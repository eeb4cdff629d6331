import { Suspense } from "react";
import { Loading } from "../parts/Problem";
import type { Parameters } from "../ui/router";
import CreateYamlPage from "./CreateYamlPage";
import { kinds } from "./kinds";

export default function CreatePage({ parameters }: { parameters: Parameters }) {
  const Create = kinds[parameters["resource"] ?? ""]?.Create;
  return <Suspense fallback={<Loading />}>{Create ? <Create /> : <CreateYamlPage />}</Suspense>;
}
