import { t } from "../../i18n/text";
import { Dot } from "../../ui/pieces";
import { toneOf } from "./objects";

interface Status {
  phase?: string;
  reason?: string;
  message?: string;
}

/** The phase that the controller wrote, with its reason; before it has looked, the object waits. */
export function Phase({ status }: { status: Status | undefined }) {
  const phase = status?.phase ?? "Pending";
  const { tone, busy } = toneOf(phase);
  // Something that works may still not be all that was asked for.
  const late = tone === "good" && Boolean(status?.reason);
  return (
    <Dot tone={late ? "warn" : tone} busy={busy} title={status?.message || undefined}>
      {phaseText(phase)} {status?.reason && <span className="quiet">{reasonText(status.reason)}</span>}
    </Dot>
  );
}

const phases = ["Pending", "Active", "Available", "Locked", "Failed", "Terminating"] as const;

export function phaseText(phase: string): string {
  const known = phases.find((p) => p === phase);
  return known ? t(`business.phase.${known}`) : phase;
}

const reasons = [
  "NameNotAllowed",
  "Immutable",
  "NotGranted",
  "QuotaExceeded",
  "QuotaMissing",
  "QuotaInvalid",
  "QuotaBelowUsed",
  "ClusterNotInProject",
  "ClusterNotFound",
  "ClusterInUse",
  "ParentNotSupported",
  "NotPermitted",
  "ConflictProject",
  "NamespaceNotFound",
  "NamespaceNoLabel",
  "NamespaceNotActive",
  "ResourceQuotaNotFound",
  "ConnectClusterError",
  "ProjectMismatch",
  "PolicyNotFound",
  "PolicyTooWide",
  "MemberIgnored",
  "NotEverywhere",
] as const;

/** A reason in the user's language; one that is not known yet in the controller's word. */
export function reasonText(reason: string): string {
  const known = reasons.find((r) => r === reason);
  return known ? t(`business.reason.${known}`) : reason;
}

/** All that a status says, in one line. */
export const statusText = (status: Status | undefined): string =>
  [phaseText(status?.phase ?? "Pending"), status?.reason && reasonText(status.reason), status?.message]
    .filter(Boolean)
    .join(": ");
