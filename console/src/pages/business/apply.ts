import { create, patch, remove } from "../../kube/write";
import type { Change } from "./members";
import { bindingPlace, type PolicyBinding } from "./objects";

/** Does one change of who has which role. What somebody else changed meanwhile is refused, not overwritten. */
export function apply(business: string, change: Change): Promise<unknown> {
  const place = bindingPlace(business);
  switch (change.kind) {
    case "create":
      return create<PolicyBinding>(place, {
        apiVersion: "auth.tkestack.io/v1",
        kind: "ProjectPolicyBinding",
        metadata: { name: change.policy.toLowerCase().replaceAll(/[^-a-z0-9.]/g, "-") },
        spec: { projectID: business, policyID: change.policy, users: change.users, groups: change.groups },
      });
    case "update": {
      const { name, resourceVersion } = change.binding.metadata;
      const spec = { users: change.users, groups: change.groups };
      return patch(place, name, { metadata: { resourceVersion }, spec }, { repeatable: false });
    }
    case "delete":
      return remove(place, change.binding.metadata.name, { uid: change.binding.metadata.uid });
  }
}
