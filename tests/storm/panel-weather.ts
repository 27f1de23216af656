import { newReference } from "#platform/ids.ts";
import type { Delivered, NewCharge, OtherMoney, SeenCharge, TellingHabits } from "../support/payers/payer.ts";
import { chargesAt, habitsAt, pickDesk, type SeenAtDesk } from "./desks.ts";
import { count, rowsOf, type Sea } from "./sea.ts";

/** What people do in the provider's panel, and a bank by itself. */

/** A sale of the merchant's own shop on the same account: never ours to touch. */
export async function foreignSale(sea: Sea): Promise<void> {
  const { random } = sea;
  const word = random.pick(["SHOP", "ORDER", "KF", "kf-order"]);
  const sale = { reference: `${word}-${random.below(1e9)}`, amountMinor: 1000 * (1 + random.below(20_000)) };
  // The event alone, which the API knows nothing of, is a foreign sale as well.
  const isEventAlone = random.chance(0.2);
  const habits = tellings(sea);
  if (!isEventAlone) return void (await sellElsewhere(sea, sale, habits));
  const { payer, account } = pickDesk(random, sea.desks);
  await payer.tell(account, sale, habits);
}

export async function sellElsewhere({ random, desks, outside }: Sea, sale: NewCharge, habits: TellingHabits): Promise<Delivered[]> {
  const { payer, account } = pickDesk(random, desks);
  const { id, deliveries } = await payer.charge(account, sale, habits);
  outside.foreign.add(id);
  return deliveries;
}

/** Money under a reference that looks like ours and that nobody here knows. */
export async function unknownPayment({ random, desks }: Sea): Promise<void> {
  const { payer, account } = pickDesk(random, desks);
  await payer.charge(account, { reference: newReference(), amountMinor: 5_000_000 });
}

/** Somebody sends the money back in the panel, mostly that of a booking. */
export async function voidInPanel(sea: Sea): Promise<void> {
  const booked = await bookedCharges(sea);
  const isAny = sea.random.chance(0.2);
  const charge = await pickCharge(sea, ({ id, state, desk }) => {
    return state === "approved" && desk.provider.panelSendsBackAs !== null && (isAny || booked.has(id));
  });
  if (!charge) return;
  sea.outside.reversed.add(charge.id);
  await charge.desk.payer.decide(charge.id, "voided", tellings(sea));
  count(sea, "voided in the panel");
}

/** A charge that was announced with the right money is approved with other money. */
export async function otherMoney(sea: Sea): Promise<void> {
  const charge = await pickCharge(sea, ({ id, state }) => state === "pending" && !sea.outside.decided.has(id));
  if (!charge) return;
  sea.outside.decided.add(charge.id);
  if (sea.random.chance(0.7)) await comeBack(sea, charge);
  await charge.desk.payer.decide(charge.id, "approved", { ...habitsAt(charge.desk, tellings(sea)), ...changed(sea) });
  count(sea, "approved with other money");
}

/** Banks say yes, and the provider tells it with its signature at once. */
export async function approvePending({ desks, outside }: Sea): Promise<void> {
  const pending = (await chargesAt(desks)).filter(
    ({ id, state }) => state === "pending" && !outside.decided.has(id) && !outside.foreign.has(id),
  );
  for (const { id, desk } of pending) {
    outside.decided.add(id);
    await desk.payer.decide(id, "approved", { tells: "before_return" });
  }
}

/** What paid a booking is told again, with other money. */
export async function rewordApproval(sea: Sea): Promise<void> {
  const booked = await bookedCharges(sea);
  const charge = await pickCharge(sea, ({ id, state }) => state === "approved" && booked.has(id));
  if (!charge) return;
  sea.outside.reworded.add(charge.id);
  await charge.desk.payer.decide(charge.id, "approved", { ...habitsAt(charge.desk, tellings(sea)), ...changed(sea) });
  count(sea, "told again with other money");
}

async function bookedCharges(sea: Sea): Promise<Set<string>> {
  const rows = await rowsOf<{ id: string }>(
    sea,
    `select c.provider_charge_id as id from charge c join checkout k on k.tenant_id = c.tenant_id and k.paid_charge_id = c.id
     where c.tenant_id = $1 and k.status in ('paid', 'confirmed')`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** The browser comes back, so that the provider is asked while the bank has not decided. */
async function comeBack({ world, clinic }: Sea, { reference }: SeenCharge): Promise<void> {
  const { rows } = await world.owner.query<{ id: string; token: string }>(
    `select k.id, k.token from payment p join checkout k on k.tenant_id = p.tenant_id and k.id = p.checkout_id
     where p.tenant_id = $1 and p.reference = $2`,
    [clinic.tenantId, reference],
  );
  for (const { id, token } of rows) await fetch(`${world.appUrl}/pay/return/${id}/${token}`, { redirect: "manual" }).catch(() => null);
}

async function pickCharge({ desks, outside, random }: Sea, fits: (charge: SeenAtDesk) => boolean): Promise<SeenAtDesk | null> {
  const charges = await chargesAt(desks);
  const fitting = charges.filter((charge) => !outside.foreign.has(charge.id) && !outside.reversed.has(charge.id) && fits(charge));
  return fitting.length === 0 ? null : random.pick(fitting);
}

const changed = ({ random }: Sea): OtherMoney =>
  random.pick([{ amountMinor: 150_000 }, { amountMinor: 9_999_900 }, { amountMinor: 20_000_000 }, { currency: "USD" }]);

const tellings = ({ random }: Sea): TellingHabits => ({
  tells: random.pick(["before_return", "before_return", "after_return", "never"]),
  ...(random.chance(0.3) ? { copies: 2 + random.below(3) } : {}),
  ...(random.chance(0.2) ? { delaySeconds: random.pick([60, 900, 4000]) } : {}),
});
