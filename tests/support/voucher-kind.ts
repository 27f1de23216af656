import { sql } from "kysely";
import type { CheckoutKind } from "#commands/checkouts/kinds.ts";
import { checkoutAnswer } from "#commands/payments/checkout-answer.ts";
import { openPayment } from "#commands/payments/open-payment.ts";
import type { CheckoutAnswer } from "#contracts/checkout.ts";
import { inTenant } from "#platform/db.ts";
import { newId, newToken } from "#platform/ids.ts";
import { testedProvider } from "./payers/tested-provider.ts";

/** A second kind, for tests alone: a gift voucher takes no capacity, and nothing but telling the merchant follows. */
export const voucherKind: CheckoutKind = {
  capacity: "none",
  followUps: {
    created: [],
    paid: [{ job: "notify-merchant" }, { job: "deliver-callback", when: ["has_callback"] }],
    confirmed: [],
    expired: [],
    failed: [],
    cancelled: [{ job: "deliver-callback", when: ["was_paid", "has_callback"] }],
  },
  requireAvailable: async () => {},
  isClaimAlive: async () => false,
  claimAgain: async () => true,
  keepClaim: async () => {},
  letGo: async () => {},
  requireCancellable: async () => {},
  backByTerms: async () => null,
  nextDue: async () => null,
  purchaseOf: async (_tx, { id }) => id,
  reversedPart: async () => null,
  keepNote: async () => {},
  isReady: async () => true,
  callbackPart: async (_tx, checkout) => ({ voucher_id: checkout.id, bono: { valor_menor: checkout.amount_minor } }),
};

/** From the wish to the payment page. */
export async function startVoucher(input: { tenantId: string; email: string; amountMinor: number }): Promise<CheckoutAnswer> {
  const { checkout, payment } = await inTenant(input.tenantId, async (tx) => {
    const made = await tx
      .insertInto("checkout")
      .values({
        tenant_id: input.tenantId,
        id: newId(),
        kind: "voucher",
        ends_at: sql<Date>`now() + interval '10 minutes'`,
        amount_minor: input.amountMinor,
        currency: "COP",
        customer_name: "Ana María Pérez",
        customer_email: input.email,
        customer_phone: "+573001234567",
        accepted_terms_at: sql<Date>`now()`,
        locale: "es",
        token: newToken(),
        session: "a session",
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return {
      checkout: made,
      payment: await openPayment(tx, { checkout: made, provider: testedProvider.id, hasDocument: true, now: new Date() }),
    };
  });
  return checkoutAnswer({ checkout, payment, description: "Bono", document: { type: "CC", number: "1020304050" } });
}
