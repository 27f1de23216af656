import type { ChargeFact } from "#domain/payment-provider.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { inTenant } from "#platform/db.ts";
import { inSpan } from "#platform/spans.ts";
import { connectedProvider } from "../payments/open-payment.ts";
import { settleCharge } from "./settle-charge.ts";

export type SettleInput = { tenantId: string; connectionId: string; reference: string };

/**
 * The one way from "the provider may have something" to "it is settled": for webhook, return page, poll and operator alike.
 * Asks the provider for every charge under our reference, outside any transaction, and settles each in its own.
 * The same settle a hundred times changes nothing more. Throws ProviderFailure when the provider does not answer.
 */
export function settle(input: SettleInput): Promise<{ charges: ChargeFact[]; matched: boolean }> {
  return inSpan({ name: "settle" }, () => settleCharges(input));
}

async function settleCharges(input: SettleInput): Promise<{ charges: ChargeFact[]; matched: boolean }> {
  const provider = await connectedProvider(input);
  crashPoint("event taken up, provider not asked");
  const charges = await provider.findCharges(input.reference);
  crashPoint("provider asked, nothing settled");
  const payment = await inTenant(input.tenantId, (tx) =>
    tx
      .selectFrom("payment")
      .select("id")
      .where("reference", "=", input.reference)
      .where("connection_id", "=", input.connectionId)
      .executeTakeFirst(),
  );
  if (!payment) return { charges, matched: false };
  // Failures first: when one reference was declined and then approved, the approval has the last word.
  const inOrder = charges.toSorted((a, b) => Number(a.state === "approved") - Number(b.state === "approved"));
  for (const [index, fact] of inOrder.entries()) {
    if (index > 0) crashPoint("one charge settled, the others not");
    const isOurs = await settleCharge({ tenantId: input.tenantId, paymentId: payment.id, fact });
    if (!isOurs) return { charges, matched: false };
  }
  return { charges, matched: true };
}
