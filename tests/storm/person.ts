import { answerReversal } from "#commands/checkouts/answer-reversal.ts";
import { resolveRefundManually } from "#commands/refund-cases/resolve-manually.ts";
import { count, rowsOf, type Sea } from "./sea.ts";

const caller = { kind: "operator" } as const;

/** What was handed to a person: refunds by hand, and what becomes of a booking whose money went back. */
export async function doTheirPart(sea: Sea): Promise<void> {
  const { tenantId } = sea.clinic;
  const manual = await rowsOf<{ id: string }>(
    sea,
    "select id from refund_case where tenant_id = $1 and method = 'manual' and state in ('open', 'manual')",
  );
  for (const { id } of manual) {
    await resolveRefundManually({ caller, input: { tenantId, refundCaseId: id, proof: "receipt" } });
    count(sea, "refunds by hand");
  }
  const asked = await rowsOf<{ id: string }>(sea, "select id from checkout where tenant_id = $1 and reversal_answer = 'open'");
  for (const { id } of asked) {
    // Some never answer. Ids are random, and the same one always gets the same answer.
    const answer = (["keep", "cancel", null] as const)[Number.parseInt(id.slice(-4), 16) % 3];
    if (!answer) continue;
    await answerReversal({ caller, input: { tenantId, checkoutId: id, answer } });
    count(sea, `reversal answered: ${answer}`);
  }
}
