import { answerReversal } from "#commands/checkouts/answer-reversal.ts";
import { runFollowUpAgain } from "#commands/follow-ups/run-again.ts";
import { resolveRefundManually } from "#commands/refund-cases/resolve-manually.ts";
import { updateTenant } from "#commands/tenants/update-tenant.ts";
import { count, rowsOf, type Sea } from "./sea.ts";

const caller = { kind: "operator" } as const;

/** A person does what was handed to them. All that failed has been mended by then. */
export async function doTheirPart(sea: Sea): Promise<void> {
  await refundByHand(sea);
  await answerReversals(sea);
  await runAgain(sea);
}

async function refundByHand(sea: Sea): Promise<void> {
  const { tenantId } = sea.clinic;
  const manual = await rowsOf<{ id: string }>(
    sea,
    "select id from refund_case where tenant_id = $1 and method = 'manual' and state in ('open', 'manual')",
  );
  for (const { id } of manual) {
    await resolveRefundManually({ caller, input: { tenantId, refundCaseId: id, proof: "receipt" } });
    count(sea, "refunds by hand");
  }
}

/** Some merchants never answer. Ids are random, and the same one always gets the same answer. */
async function answerReversals(sea: Sea): Promise<void> {
  const { tenantId } = sea.clinic;
  const asked = await rowsOf<{ id: string }>(sea, "select id from checkout where tenant_id = $1 and reversal_answer = 'open'");
  for (const { id } of asked) {
    const answer = (["keep", "cancel", null] as const)[Number.parseInt(id.slice(-4), 16) % 3];
    if (!answer) continue;
    await answerReversal({ caller, input: { tenantId, checkoutId: id, answer } });
    count(sea, `reversal answered: ${answer}`);
  }
}

/** An address that was switched off is said again, and what had failed for good is run again. */
async function runAgain(sea: Sea): Promise<void> {
  const { tenantId, callback } = sea.clinic;
  const off = await rowsOf(sea, "select tenant_id from callback_endpoint where tenant_id = $1 and disabled_at is not null");
  const callbackUrl = `${sea.world.simulatorsUrl}/merchant/${callback.id}/callback`;
  if (off.length > 0) await updateTenant({ caller, input: { tenantId, changes: { callbackUrl } } });
  const failed = await rowsOf<{ id: string }>(sea, "select id from follow_up where tenant_id = $1 and state = 'attention'");
  for (const { id } of failed) {
    await runFollowUpAgain({ caller, input: { tenantId, followUpId: id } });
    count(sea, "follow-ups run again by hand");
  }
}
