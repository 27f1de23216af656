import { runFollowUpAgain } from "#commands/follow-ups/run-again.ts";
import type { followUpOperations } from "#contracts/operations/desk/follow-ups.ts";
import { Refusal } from "#contracts/problem.ts";
import { failedFollowUpIds, isFollowUpKnown, listFailedFollowUps } from "#queries/desk/failed-follow-ups.ts";
import { listOpenFollowUps } from "#queries/desk/open-follow-ups.ts";
import type { HandlersOf } from "../route.ts";

export const followUpHandlers: HandlersOf<typeof followUpOperations> = {
  listFailedFollowUps: ({ caller }) => listFailedFollowUps(caller.tenantId),

  listOpenFollowUps: async ({ caller }) => ({ followUps: await listOpenFollowUps(caller.tenantId) }),

  async runFollowUp({ caller, input: { params } }) {
    const { tenantId } = caller;
    if (!(await isFollowUpKnown(tenantId, params.id))) throw new Refusal("follow_up_unknown");
    if (!(await runFollowUpAgain({ caller, input: { tenantId, followUpId: params.id } }))) throw new Refusal("follow_up_over");
    return { started: 1 };
  },

  async runFailedFollowUps({ caller }) {
    const { tenantId } = caller;
    let started = 0;
    // Each in a transaction of its own: one that has ended meanwhile keeps no other from running.
    for (const followUpId of await failedFollowUpIds(tenantId))
      if (await runFollowUpAgain({ caller, input: { tenantId, followUpId } })) started += 1;
    return { started };
  },
};
