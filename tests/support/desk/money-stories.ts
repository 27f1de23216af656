import { randomUUID } from "node:crypto";
import type pg from "pg";
import { newReference } from "#platform/ids.ts";

/** What may happen to a payment after it came. `part`: a refund case of so much is done. */
export type Turn =
  | { at: string; turn: "part"; amountMinor: number }
  | { at: string; turn: "disputed" | "charged_back" | "refunded" | "partly_refunded" | "refunding" | "restored" };
export type MoneyStory = {
  paidAt: string;
  amountMinor: number;
  currency: string;
  /** Without one, the money belongs to no purchase. */
  hasCheckout: boolean;
  turns: readonly Turn[];
};
type Place = { owner: pg.Pool | pg.Client; tenantId: string; connectionId: string };
export type Told = { chargeId: string; checkoutId: string | null; reference: string; providerChargeId: string };

/** Rows and events as the engine leaves them, for lists and sums. Returns them in the order given. */
export async function tellMoney({ owner, tenantId, connectionId }: Place, stories: readonly MoneyStory[]): Promise<Told[]> {
  const charges = stories.map((story) => ({
    ...{ id: randomUUID(), payment: story.hasCheckout ? randomUUID() : null, checkout: story.hasCheckout ? randomUUID() : null },
    ...{ reference: newReference(), amount: story.amountMinor, currency: story.currency, at: story.paidAt },
    status: statusAfter(story),
    outcome: story.hasCheckout ? "booked" : "refund_case",
  }));
  const turns = stories.flatMap(({ turns: all }, n) => all.map((turn) => ({ ...turn, ...rowOf(turn, charges[n]) })));
  await owner.query(
    `with given as (
       select * from jsonb_to_recordset($1) as g (id uuid, payment uuid, checkout uuid, reference text, amount bigint, currency text,
         at timestamptz, status text, outcome text)
     ), checkouts as (
       insert into checkout (tenant_id, id, kind, status, payment_status, ends_at, amount_minor, currency, customer_name, customer_email,
         customer_phone, accepted_terms_at, locale, token, session, paid_charge_id)
       select $2, checkout, 'booking', 'confirmed', 'paid', at, amount, currency, 'Ana María Pérez', 'ana@example.com', '+573001234567', at,
         'es', 'token', 'session', id from given where checkout is not null
     ), payments as (
       insert into payment (tenant_id, id, checkout_id, connection_id, provider, reference, amount_minor, currency, status, expires_at,
         payable_until)
       select $2, payment, checkout, $3, (select provider from connection where tenant_id = $2 and id = $3), reference, amount, currency, 'approved', at, at from given where payment is not null
     )
     insert into charge (tenant_id, id, connection_id, payment_id, provider_charge_id, reference, status, provider_status, amount_minor,
       currency, method, approved_at, outcome)
     select $2, id, $3, payment, 'tx-' || id, reference, status, upper(status), amount, currency, 'CARD', at, outcome from given`,
    [JSON.stringify(charges), tenantId, connectionId],
  );
  await owner.query(
    `with given as (
       select * from jsonb_to_recordset($1) as g (id uuid, charge uuid, checkout uuid, turn text, amount bigint, currency text, at timestamptz)
     ), cases as (
       insert into refund_case (tenant_id, id, charge_id, checkout_id, reason, state, amount_minor, currency, due_at)
       select $2, id, charge, checkout, 'requested', 'done', amount, currency, at from given where turn = 'part'
     )
     insert into event (tenant_id, subject_kind, subject_id, kind, details, actor, created_at)
     select $2, case when checkout is null then 'refund_case' else 'checkout' end, coalesce(checkout, id),
       case turn when 'part' then 'refund_case.done' when 'restored' then 'payment.restored' else 'payment.reversed' end,
       case when turn = 'part' then jsonb_build_object('refundCaseId', id)
         else jsonb_build_object('chargeId', charge, 'state', case turn when 'restored' then 'approved' else turn end) end, 'provider', at
     from given order by at`,
    [JSON.stringify(turns), tenantId],
  );
  return charges.map(({ id: chargeId, checkout: checkoutId, reference }) => ({
    ...{ chargeId, checkoutId, reference, providerChargeId: `tx-${chargeId}` },
  }));
}

function rowOf(turn: Turn, charge: { id: string; checkout: string | null; currency: string } | undefined) {
  const { id, checkout = null, currency = "COP" } = charge ?? {};
  return { id: randomUUID(), charge: id, checkout, currency, amount: turn.turn === "part" ? turn.amountMinor : null };
}

function statusAfter({ turns }: MoneyStory): string {
  const last = turns.findLast(({ turn }) => turn !== "part")?.turn ?? "approved";
  return last === "restored" || last === "part" ? "approved" : last;
}

/** What each turn moves, told anew: it never reads what the product computes. */
export function linesOf({ amountMinor, paidAt, turns }: MoneyStory): { at: string; amountMinor: number }[] {
  let isAway = false;
  let sent = 0;
  let gone = 0;
  const lines = [{ at: paidAt, amountMinor }];
  for (const turn of turns) {
    if (turn.turn === "part") sent += turn.amountMinor;
    else if (turn.turn === "restored") isAway = false;
    else if (turn.turn !== "partly_refunded" && turn.turn !== "refunding") isAway = true;
    const now = isAway ? amountMinor : Math.min(sent, amountMinor);
    lines.push({ at: turn.at, amountMinor: gone - now });
    gone = now;
  }
  return lines;
}
