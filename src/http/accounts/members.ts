import { chooseTenant } from "#commands/accounts/own-sessions.ts";
import { acceptInvitation } from "#commands/members/accept-invitation.ts";
import { changeMember } from "#commands/members/change-member.ts";
import { inviteMember } from "#commands/members/invite-member.ts";
import { removeMember } from "#commands/members/remove-member.ts";
import { withdrawInvitation } from "#commands/members/withdraw-invitation.ts";
import type { memberOperations } from "#contracts/operations/accounts/members.ts";
import { proofHash } from "#platform/accounts/proof-hash.ts";
import { openSession, signedIn } from "#platform/auth.ts";
import { listTeam, loadInvitation } from "#queries/accounts/team.ts";
import { madeOnce } from "../merchant/made-once.ts";
import { originOf } from "../merchant-callers.ts";
import type { HandlersOf } from "../route.ts";
import { countMail } from "./attempts.ts";
import { keepCookie, localeOf } from "./sign-in.ts";

/** Who works for a merchant. */
export const memberHandlers: HandlersOf<typeof memberOperations> = {
  listMembers: ({ caller }) => listTeam(caller),

  inviteMember: ({ caller, input: { body }, key, c }) =>
    madeOnce({ caller, makes: "invitation", key, request: body }, async () => {
      await countMail(c, body.email);
      return inviteMember({ caller, input: body });
    }),

  async withdrawMemberInvitation({ caller, input: { params } }) {
    await withdrawInvitation({ caller, input: { invitationId: params.id } });
    return undefined;
  },

  changeMember: ({ caller, input: { params, body } }) => changeMember({ caller, input: { memberId: params.id, changes: body } }),

  async removeMember({ caller, input: { params } }) {
    await removeMember({ caller, input: { memberId: params.id } });
    return undefined;
  },

  getMemberInvitation: ({ input: { params } }) => loadInvitation(proofHash("invitation", params.token)),

  async acceptMemberInvitation({ input: { params, body }, c }) {
    const person = await signedIn(c.req.raw.headers);
    const origin = originOf(c);
    const input = { ...params, ...body, person, locale: localeOf(c) ?? "es", origin };
    const { tenantId, personId, isNew } = await acceptInvitation({ input });
    if (isNew) keepCookie(c, (await openSession({ personId, tenantId, ...origin })).cookie);
    else if (person) await chooseTenant({ input: { personId, sessionId: person.sessionId, tenantId } });
    return { tenantId };
  },
};
