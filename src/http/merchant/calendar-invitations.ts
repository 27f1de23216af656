import { correctOwnDetails } from "#commands/calendar-invitations/correct-own-details.ts";
import { mailInvitation } from "#commands/calendar-invitations/mail-invitation.ts";
import { makeInvitation } from "#commands/calendar-invitations/make-invitation.ts";
import { revokeInvitation } from "#commands/calendar-invitations/revoke-invitation.ts";
import type { calendarInvitationOperations } from "#contracts/operations/calendar-invitations.ts";
import { Refusal } from "#contracts/problem.ts";
import { findInvitationOf, openInvitation } from "#queries/professionals/calendar-invitations.ts";
import { loadProfessional } from "#queries/professionals/professionals.ts";
import { countMail } from "../accounts/attempts.ts";
import { originOf } from "../merchant-callers.ts";
import type { HandlersOf } from "../route.ts";
import { madeOnce } from "./made-once.ts";

export const calendarInvitationHandlers: HandlersOf<typeof calendarInvitationOperations> = {
  async inviteProfessional({ caller, input, key, c }) {
    const place = { tenantId: caller.tenantId, professionalId: input.params.id };
    const { email } = await loadProfessional(place);
    // Before a link is made, so that the one that works is not replaced for nothing.
    if (input.body.mail && email === null) throw new Refusal("email_missing");
    await madeOnce({ caller, key, makes: "calendar_invitation", request: input }, async () => {
      if (input.body.mail && email !== null) await countMail(c, email);
      const { id: invitationId } = await makeInvitation({ caller, input: place });
      if (input.body.mail) await mailInvitation({ caller, input: { ...place, invitationId } });
      return { id: invitationId };
    });
    const made = await findInvitationOf(place);
    if (!made) throw new Refusal("calendar_invitation_over");
    return made;
  },

  async getInvitation({ caller, input }) {
    const place = { tenantId: caller.tenantId, professionalId: input.params.id };
    await loadProfessional(place);
    return { invitation: await findInvitationOf(place) };
  },

  async mailInvitation({ caller, input, c }) {
    const place = { tenantId: caller.tenantId, professionalId: input.params.id };
    const { email } = await loadProfessional(place);
    if (email !== null) await countMail(c, email);
    const invitation = await findInvitationOf(place);
    if (!invitation) throw new Refusal("calendar_invitation_over");
    await mailInvitation({ caller, input: { ...place, invitationId: invitation.id } });
    return { invitation: await findInvitationOf(place) };
  },

  async revokeInvitation({ caller, input }) {
    await revokeInvitation({ caller, input: { tenantId: caller.tenantId, professionalId: input.params.id } });
    return undefined;
  },

  getOwnDetails: async ({ input }) => (await openInvitation(input.params.token)).details,

  async correctOwnDetails({ input: { params, body }, c }) {
    const { tenantId, professionalId, invitationId } = await openInvitation(params.token);
    const caller = { kind: "professional" as const, professionalId, invitationId, origin: originOf(c) };
    await correctOwnDetails({ caller, input: { tenantId, corrections: body } });
    return (await openInvitation(params.token)).details;
  },
};
