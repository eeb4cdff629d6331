import { request } from "./request";

export interface Question {
  verb: string;
  group: string;
  resource: string;
  subresource?: string;
  name?: string;
  namespace?: string | undefined;
}

interface Review {
  status?: { allowed?: boolean };
}

interface Rule {
  verbs?: readonly string[];
  apiGroups?: readonly string[];
  resources?: readonly string[];
  resourceNames?: readonly string[];
}

interface RulesReview {
  status?: { resourceRules?: readonly Rule[] };
}

const remembered = new Map<string, Promise<unknown>>();

/** An answer of the cluster, asked for once a minute. */
function once<T>(key: string, ask: () => Promise<T>): Promise<T> {
  const before = remembered.get(key);
  if (before) return before as Promise<T>;
  const answer = ask();
  remembered.set(key, answer);
  answer.catch(() => remembered.delete(key));
  setTimeout(() => remembered.delete(key), 60_000);
  return answer;
}

const review = <T>(cluster: string, kind: string, spec: object) =>
  request<T>(`/clusters/${encodeURIComponent(cluster)}/apis/authorization.k8s.io/v1/${kind.toLowerCase()}s`, {
    method: "POST",
    repeatable: true,
    body: { apiVersion: "authorization.k8s.io/v1", kind, spec },
  });

/** May the user do this? Without a name: to any one of them, as a role with `resourceNames` allows. */
export const can = (cluster: string, question: Question): Promise<boolean> =>
  once(JSON.stringify([cluster, question]), async () => {
    const { status } = await review<Review>(cluster, "SelfSubjectAccessReview", { resourceAttributes: question });
    return status?.allowed === true || (mayBeNamed(question) && (await someMay(cluster, question)));
  });

/** What is not there yet has no name that a role could have meant. */
const mayBeNamed = ({ verb, name, subresource }: Question) => !name && (verb !== "create" || subresource !== undefined);

async function someMay(cluster: string, question: Question): Promise<boolean> {
  const { verb, group, namespace = "default" } = question;
  const resource = question.subresource ? `${question.resource}/${question.subresource}` : question.resource;
  const { status } = await once(JSON.stringify([cluster, namespace]), () =>
    review<RulesReview>(cluster, "SelfSubjectRulesReview", { namespace }),
  );
  const says = (list: readonly string[] | undefined, word: string) => list?.some((w) => w === word || w === "*");
  return (status?.resourceRules ?? []).some(
    (rule) =>
      rule.resourceNames?.length &&
      says(rule.verbs, verb) &&
      says(rule.apiGroups, group) &&
      (says(rule.resources, resource) || rule.resources?.includes(`*/${question.subresource}`)),
  );
}
