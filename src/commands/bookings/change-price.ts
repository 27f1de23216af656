import { sql } from "kysely";
import { actorOf, type Caller } from "#contracts/caller.ts";
import type { PriceChange } from "#contracts/desk/moves.ts";
import { Refusal } from "#contracts/problem.ts";
import { isPaid } from "#domain/checkout-states.ts";
import { differenceBack, isChoiceFor } from "#domain/desk/price-difference.ts";
import { usualStepMinor } from "#domain/money.ts";
import { isMoneyHere, openStates } from "#domain/payment-states.ts";
import type { Tx } from "#platform/db.ts";
import type { BookingRow, ChargeRow, CheckoutRow } from "#platform/rows.ts";
import { sentBackMinor } from "../refund-cases/charge-rows.ts";
import { openRefundCase } from "../refund-cases/open.ts";
import { endRest, lockRest, openRest } from "./booking-rest.ts";

type Changing = { caller: Caller; checkout: CheckoutRow; booking: BookingRow; price: PriceChange };
/** As the move's event keeps it. */
export type PriceTold = {
  fromPriceMinor: number;
  priceMinor: number;
  difference: PriceChange["difference"];
  askedMinor: number;
  refundMinor: number;
  currency: string;
};

/**
 * A moved booking costs something else: the customer owes the difference as the booking's rest, or
 * gets it back from what they paid, or it is left and the event says who left it. The caller holds
 * the booking's lock. Refuses: invalid_request, changed_meanwhile, amount_not_payable,
 * difference_not_askable, rest_being_paid.
 */
export async function changePrice(tx: Tx, { caller, checkout, booking, price }: Changing): Promise<PriceTold> {
  const { priceMinor, fromMinor, difference } = price;
  if (fromMinor !== booking.price_minor) throw new Refusal("changed_meanwhile");
  if (booking.imported || !isChoiceFor(difference, { fromMinor, toMinor: priceMinor }))
    throw new Refusal("invalid_request", undefined, [{ path: "price.difference", message: "does not fit the difference" }]);
  if (priceMinor % usualStepMinor(checkout.currency) > 0) throw new Refusal("amount_not_payable");
  const told = { fromPriceMinor: fromMinor, priceMinor, difference, askedMinor: 0, refundMinor: 0, currency: checkout.currency };
  if (difference === "leave") return told;
  const rest = await lockRest(tx, checkout.id);
  if (rest && !isPaid(rest.status)) await requireUntouched(tx, rest);
  await tx.updateTable("booking").set({ price_minor: priceMinor }).where("id", "=", booking.id).execute();
  if (difference === "ask") {
    // What was given back before is no part of the rest, so nobody could say what is due.
    const gaveBack = fromMinor < checkout.amount_minor;
    if (gaveBack || (rest && isPaid(rest.status))) throw new Refusal("difference_not_askable");
    await askForMore(tx, { caller, checkout, rest, dueMinor: priceMinor - checkout.amount_minor });
    return { ...told, askedMinor: priceMinor - fromMinor };
  }
  if (rest && !isPaid(rest.status)) await shrinkRest(tx, { checkout, rest, dueMinor: priceMinor - checkout.amount_minor });
  return { ...told, refundMinor: await giveBack(tx, { caller, checkout, rest, prices: { fromMinor, toMinor: priceMinor } }) };
}

/** Nobody pays an old sum: a page that is open asks for what it was opened with. */
async function requireUntouched(tx: Tx, rest: CheckoutRow): Promise<void> {
  const open = await tx
    .selectFrom("payment")
    .select("id")
    .where("checkout_id", "=", rest.id)
    .where("status", "in", [...openStates])
    .limit(1)
    .executeTakeFirst();
  if (open) throw new Refusal("rest_being_paid");
}

type Asking = { caller: Caller; checkout: CheckoutRow; rest: CheckoutRow | null; dueMinor: number };

async function askForMore(tx: Tx, { caller, checkout, rest, dueMinor }: Asking): Promise<void> {
  if (rest) return setDue(tx, rest, dueMinor);
  await openRest(tx, { caller, checkout });
}

async function shrinkRest(
  tx: Tx,
  { checkout, rest, dueMinor }: { checkout: CheckoutRow; rest: CheckoutRow; dueMinor: number },
): Promise<void> {
  if (dueMinor <= 0) return endRest(tx, checkout);
  await setDue(tx, rest, dueMinor);
}

async function setDue(tx: Tx, rest: CheckoutRow, amountMinor: number): Promise<void> {
  await tx.updateTable("checkout").set({ amount_minor: amountMinor, updated_at: sql`now()` }).where("id", "=", rest.id).execute();
}

type Giving = { caller: Caller; checkout: CheckoutRow; rest: CheckoutRow | null; prices: { fromMinor: number; toMinor: number } };

/** From what paid the booking, then from what paid its rest. */
async function giveBack(tx: Tx, { caller, checkout, rest, prices }: Giving): Promise<number> {
  const sources: { of: CheckoutRow; charge: ChargeRow; sentMinor: number }[] = [];
  for (const of of rest ? [checkout, rest] : [checkout]) {
    const charge = await paidCharge(tx, of);
    if (charge && isMoneyHere(charge.status)) sources.push({ of, charge, sentMinor: await sentBackMinor(tx, charge) });
  }
  const sum = (read: (source: (typeof sources)[number]) => number) => sources.reduce((total, source) => total + read(source), 0);
  const paid = { paidMinor: sum(({ charge }) => charge.amount_minor), sentBackMinor: sum(({ sentMinor }) => sentMinor) };
  const wholeMinor = differenceBack(prices, paid);
  let leftMinor = wholeMinor;
  for (const { of, charge, sentMinor } of sources) {
    const amountMinor = Math.min(leftMinor, charge.amount_minor - sentMinor);
    if (amountMinor <= 0) continue;
    await openRefundCase(tx, { charge, checkout: of, reason: "requested", amountMinor, actor: actorOf(caller) });
    leftMinor -= amountMinor;
  }
  return wholeMinor;
}

async function paidCharge(tx: Tx, { paid_charge_id: id }: CheckoutRow): Promise<ChargeRow | null> {
  if (!id) return null;
  return tx.selectFrom("charge").selectAll().where("id", "=", id).forUpdate().executeTakeFirstOrThrow();
}
