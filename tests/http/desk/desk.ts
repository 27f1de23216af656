import type { DeskBooking } from "#contracts/desk/booking.ts";
import { settledAtOnce } from "#tests/engine/stories.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { pay, reachPaymentPage, slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import { type MerchantWish, openMerchant } from "#tests/support/merchant.ts";
import type { World } from "#tests/support/world.ts";
import { type Answered, type Asked, ask } from "../request.ts";

/** Half comes back, less a fee, until an hour before. */
export const terms = { steps: [{ hoursBefore: 1, percentBack: 50 }], feeMinor: 1_000_000 };

export type Desk = (path: string, asked?: Asked) => Promise<Answered>;

/** Asks as a member of the clinic. */
export async function deskOf(world: World, { tenantId }: Clinic, wish: MerchantWish = {}): Promise<Desk> {
  const { cookie } = await openMerchant(world, { ...wish, tenantId });
  return (path, asked = {}) => ask(world, `/api/bookings/${path}`, { ...asked, headers: { ...asked.headers, cookie } });
}

export const bookingOf = async (desk: Desk, id: string): Promise<DeskBooking> => (await desk(id)).body as DeskBooking;

type Wish = Omit<Parameters<typeof reachPaymentPage>[2], "start">;

/** Paid, confirmed, and everybody told. Each in the n-th slot, with a customer of its own. */
export async function bookAndPay(world: World, clinic: Clinic, n: number, wish: Wish = {}) {
  const email = `customer-${n}@${clinic.link}.example`;
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(n), email, ...wish });
  await pay(world, booking.checkoutUrl, "approve");
  await eventually(async () => {
    const { rows } = await world.owner.query("select status from checkout where id = $1", [booking.id]);
    if (rows[0]?.status !== "confirmed") throw new Error(`it is ${rows[0]?.status}`);
  });
  await settledAtOnce(world, booking.id);
  return { ...booking, email };
}

/** The appointment, its span and its claim lie so many hours from now. */
export async function appointmentIn(world: Pick<World, "owner">, bookingId: string, hours: number): Promise<void> {
  const by = "(now() + make_interval(hours => $2) - b.starts_at)";
  await world.owner.query(
    `with moved as (
       update booking b set starts_at = b.starts_at + ${by}, ends_at = b.ends_at + ${by},
         during = tstzrange(lower(b.during) + ${by}, upper(b.during) + ${by}) where b.id = $1 returning *
     )
     update slot_claim c set starts_at = m.starts_at, ends_at = m.ends_at, during = m.during from moved m where c.checkout_id = m.id`,
    [bookingId, hours],
  );
}

/** In simple spaces, the newest first. */
export async function mailTextsTo(world: World, address: string): Promise<string[]> {
  const answer = await fetch(`${world.simulatorsUrl}/mail/state?to=${encodeURIComponent(address)}`);
  const { mails } = (await answer.json()) as { mails: { text: string }[] };
  return mails.map(({ text }) => text.replaceAll(/[\u00A0\u202F\u2009\s]+/g, " "));
}
