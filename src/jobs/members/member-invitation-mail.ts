import { z } from "zod";
import { tokenOf } from "#commands/accounts/proofs.ts";
import type { FollowUp } from "#commands/follow-ups/run-follow-up.ts";
import { env } from "#platform/env.ts";
import { loadInvitationForMail } from "#queries/tenant-for-mail.ts";
import { fromTenant, type Prepared } from "../mail-parts.ts";

const details = z.object({ invitationId: z.uuid() });

/** Returns null if the invitation was withdrawn, accepted or is over. */
export async function memberInvitationMail(followUp: FollowUp): Promise<Prepared | null> {
  const { invitationId } = details.parse(followUp.details);
  const found = await loadInvitationForMail({ tenantId: followUp.tenantId, invitationId });
  if (!found) return null;
  const { tenant, invitation } = found;
  return {
    to: invitation.email,
    message: {
      kind: "member-invitation",
      ...fromTenant(tenant),
      invitedBy: invitation.invited_by,
      role: invitation.role,
      until: invitation.expires_at.toISOString(),
      url: `${env().APP_URL}/invitation/${tokenOf("invitation", invitationId)}`,
    },
  };
}
