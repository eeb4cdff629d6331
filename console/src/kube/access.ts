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

const answers = new Map<string, Promise<boolean>>();

/** May the user do this? Asked of the cluster itself, remembered for a minute. */
export function can(cluster: string, question: Question): Promise<boolean> {
  const key = JSON.stringify([cluster, question]);
  const before = answers.get(key);
  if (before) return before;
  const answer = request<Review>(
    `/clusters/${encodeURIComponent(cluster)}/apis/authorization.k8s.io/v1/selfsubjectaccessreviews`,
    {
      method: "POST",
      repeatable: true,
      body: {
        apiVersion: "authorization.k8s.io/v1",
        kind: "SelfSubjectAccessReview",
        spec: { resourceAttributes: question },
      },
    },
  ).then((review) => review.status?.allowed ?? false);
  answers.set(key, answer);
  answer.catch(() => answers.delete(key));
  setTimeout(() => answers.delete(key), 60_000);
  return answer;
}
