import type pg from "pg";
import { type Told, tellMoney } from "./money-stories.ts";

type Place = { owner: pg.Pool | pg.Client; tenantId: string };
type Charges = Readonly<Record<string, readonly Told[]>>;

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const bigMinor = 123_456_700;
const smallMinor = 4_500_000;

/**
 * What several providers leave behind, as the engine keeps it: payouts, refunds in each state,
 * disputes, refunds of the panel, and compared days. `accounts`: by provider, the connection.
 */
export async function tellProviders(place: Place, accounts: Readonly<Record<string, string>>): Promise<Charges> {
  const charges: Record<string, Told[]> = {};
  for (const [provider, connectionId] of Object.entries(accounts)) {
    charges[provider] = await tellMoney({ ...place, connectionId }, [
      { paidAt: inDays(-1), amountMinor: bigMinor, currency: "COP", hasCheckout: true, turns: [] },
      { paidAt: inDays(-2), amountMinor: smallMinor, currency: "COP", hasCheckout: true, turns: [] },
    ]);
  }
  await tellPayouts(place, charges);
  await tellRefunds(place, charges);
  await tellChecks(place, charges, accounts);
  return charges;
}

async function tellPayouts({ owner, tenantId }: Place, charges: Charges): Promise<void> {
  for (const provider of ["mercadopago", "stripe"])
    await owner.query(
      `update charge set fee_minor = amount_minor / 20, net_minor = amount_minor - amount_minor / 20, arrives_at = $3
       where tenant_id = $1 and id = any ($2)`,
      [tenantId, charges[provider]?.map(({ chargeId }) => chargeId), inDays(3)],
    );
}

async function tellRefunds({ owner, tenantId }: Place, charges: Charges): Promise<void> {
  for (const [provider, told] of Object.entries(charges)) {
    const [, charge] = told;
    const isShort = provider === "mercadopago";
    await owner.query(
      `insert into refund_case (tenant_id, charge_id, checkout_id, reason, state, method, amount_minor, currency, due_at, last_error, short_since)
       values ($1, $2, $3, 'withdrawal', $4::text, $5, 3000000, 'COP', $6, 'no answer', case when $4::text = 'short_of_balance' then now() end)`,
      [
        ...[tenantId, charge?.chargeId, charge?.checkoutId, isShort ? "short_of_balance" : "manual"],
        ...[isShort ? "refund" : "manual", inDays(provider === "bold" ? -1 : 5)],
      ],
    );
  }
}

/** Disputes in each state, and refunds of the panel in each, of one charge. */
export async function tellMoneyBack({ owner, tenantId }: Place, chargeId: string): Promise<void> {
  const disputes = [
    ["dispute", "needs_response", "product_not_received"],
    ["inquiry", "needs_response", "a_reason_that_is_new"],
    ["dispute", "under_review", "fraudulent"],
    ["dispute", "won", null],
    ["dispute", "lost", "credit_not_processed"],
  ] as const;
  for (const [n, [kind, state, reason]] of disputes.entries())
    await owner.query(
      `insert into dispute (tenant_id, charge_id, provider_dispute_id, kind, state, provider_status, amount_minor, fee_minor, reason,
         evidence_due_at, is_refundable)
       values ($1, $2, $3, $4::text, $5::text, $5::text, 4500000, 1500000, $6, $7, $4::text = 'inquiry')`,
      [tenantId, chargeId, `dp_${n}`, kind, state, reason, inDays(n + 2)],
    );
  for (const state of ["pending", "short_of_balance", "done", "failed"])
    await owner.query(
      `insert into charge_refund (tenant_id, charge_id, provider_refund_id, amount_minor, state, provider_status, at)
       values ($1, $2, $3, 2000000, $4::text, $4::text, now())`,
      [tenantId, chargeId, `re_3QxyzABCDEFGHIJKLMNOPQ_${state}`, state],
    );
}

async function tellChecks({ owner, tenantId }: Place, charges: Charges, accounts: Readonly<Record<string, string>>): Promise<void> {
  const days = [
    ["wompi", "agrees", null, null],
    ["stripe", "differs", null, null],
    ["mercadopago", "not_known", "mercadopago answered 503", inDays(0.1)],
    ["bold", "not_known", "more than 200 charges are not in the list", null],
  ] as const;
  for (const [provider, outcome, why, nextAt] of days)
    await owner.query(
      `insert into settlement_check (tenant_id, connection_id, day, outcome, listed, own, not_ours, why, next_at)
       values ($1, $2, current_date - 1, $3, 12, 11, 1, $4, $5)`,
      [tenantId, accounts[provider], outcome, why, nextAt],
    );
  const differences = [
    ["stripe", "missing_here", "approved", null],
    ["wompi", "missing_there", null, "approved"],
    ["mercadopago", "other_amount", "120000000 COP", `${bigMinor} COP`],
    ["bold", "other_state", "declined", "approved"],
  ] as const;
  for (const [provider, kind, there, here] of differences) {
    const [charge] = charges[provider] ?? [];
    await owner.query(
      `insert into settlement_difference (tenant_id, connection_id, provider_charge_id, kind, reference, day, there, here)
       values ($1, $2, $3, $4, $5, current_date - 1, $6, $7)`,
      [tenantId, accounts[provider], charge?.providerChargeId, kind, charge?.reference, there, here],
    );
  }
}
