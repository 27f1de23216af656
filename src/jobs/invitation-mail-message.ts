import type { FollowUp } from "#commands/follow-ups/run-follow-up.ts";
import { loadInvitationForMail } from "#queries/professionals/calendar-invitations.ts";
import { loadTenantForMail } from "#queries/tenant-for-mail.ts";
import { fromTenant, type Prepared, toMerchant } from "./mail-parts.ts";

/** Returns null if the link no longer works, or the address was taken away meanwhile. */
export async function professionalInvitationMail({ tenantId, details }: FollowUp): Promise<Prepared | null> {
  const invitationId = details["invitationId"];
  if (typeof invitationId !== "string") return null;
  const invitation = await loadInvitationForMail({ tenantId, invitationId });
  if (!invitation) return null;
  const { tenant } = await loadTenantForMail(tenantId);
  const { name, address, url, expiresAt } = invitation;
  return {
    to: { name, address },
    replyTo: toMerchant(tenant) ?? undefined,
    message: { kind: "professional-invitation", ...fromTenant(tenant), professionalName: name, url, expiresAt },
  };
}
