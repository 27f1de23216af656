import { expect } from "vitest";
import { metrics } from "#platform/metrics.ts";
import { withLookup, withSearch } from "#tests/engine/capabilities/playable.ts";
import { hurryPolls, inbox, settledAtOnce } from "#tests/engine/stories.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import { prepareStage } from "#tests/support/stage.ts";

/** One row that nobody can read hides nothing else, and is no "there is nothing". */
const stage = prepareStage({ keepsPromises: true });

async function unreadRows(): Promise<number> {
  return (await metrics().unreadableRows.get()).values.reduce((sum, { value }) => sum + value, 0);
}

async function answeredAt(bookingId: string): Promise<Date | null> {
  const { rows } = await stage.owner.query<{ asked_at: Date | null }>("select asked_at from payment where checkout_id = $1", [bookingId]);
  return rows[0]?.asked_at ?? null;
}

async function polls(bookingId: string): Promise<number> {
  const { rows } = await stage.owner.query<{ polls: number }>("select polls from payment where checkout_id = $1", [bookingId]);
  return rows[0]?.polls ?? 0;
}

const charge = ({ account }: Clinic, { reference }: { reference: string }, word: "approved" | "declined") =>
  stage.payer.charge(account, { reference, amountMinor: 10_000_000, state: word }, { tells: "never" });

withSearch.story("an approval under the same reference as an unreadable row confirms, by the poll alone; the row is counted", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  const before = await unreadRows();
  await stage.payer.behave(clinic.account, { garbledRows: 1 });
  await stage.pay(booking.checkoutUrl, "approve", { tells: "never" });
  await eventually(async () => {
    await hurryPolls(stage, booking.id);
    expect((await stage.state(booking)).status).toBe("confirmed");
  });
  await settledAtOnce(stage, booking.id);
  expect(await unreadRows()).toBeGreaterThan(before);
});

withLookup.story("a look-up with nothing but an unreadable row is no answer: nothing may be given up after it", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.payer.behave(clinic.account, { garbledRows: 2 });
  const before = await polls(booking.id);
  await eventually(async () => {
    await hurryPolls(stage, booking.id);
    expect(await polls(booking.id)).toBeGreaterThan(before);
  });
  expect(await answeredAt(booking.id)).toBeNull();
  await stage.payer.behave(clinic.account, { garbledRows: 0 });
  await eventually(async () => {
    await hurryPolls(stage, booking.id);
    expect(await answeredAt(booking.id)).not.toBeNull();
  });
});

withSearch.story("an approval on the second page confirms", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await charge(clinic, booking, "approved");
  for (let n = 0; n < 10; n += 1) await charge(clinic, booking, "declined");
  await stage.payer.behave(clinic.account, { rowsPerPage: 10 });
  await eventually(async () => {
    await hurryPolls(stage, booking.id);
    expect((await stage.state(booking)).status).toBe("confirmed");
  });
  await settledAtOnce(stage, booking.id);
});

withLookup.story(
  "the charge that an event names is asked for by its id: the event settles it, although no search shows it whole",
  async () => {
    const clinic = await stage.openClinic();
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    const { chargeIds } = await stage.pay(booking.checkoutUrl, "pending", { tells: "never" });
    // The search gives no more than the rows of one page, over and over; the charge is not among them.
    await stage.payer.behave(clinic.account, { garbledRows: 12, rowsPerPage: 1 });
    for (let n = 0; n < 12; n += 1) await charge(clinic, booking, "declined");
    await stage.payer.decide(chargeIds[0], "approved");
    await stage.reaches(booking, { status: "confirmed" });
    await settledAtOnce(stage, booking.id);
    await eventually(async () => expect((await inbox(stage, clinic)).map((row) => row.state)).toEqual(["settled"]));
  },
);
