import { expect, test, vi } from "vitest";
import { settleCharge } from "#commands/settlement/settle-charge.ts";
import { slotStart } from "../support/customer.ts";
import { prepareStage } from "../support/stage.ts";
import { approvalOf, countEvents, decided, onPaymentPage, type Paying, sentBack, won } from "./contest.ts";

const stage = prepareStage({ worker: false, keepsPromises: true });

/** Everybody who settles waits for these rows, so that all others gather in one batch behind them. */
async function whileLocked(bookings: readonly Paying[], act: () => Promise<void>): Promise<void> {
  const client = await stage.owner.connect();
  await client.query("begin");
  await client.query("select from checkout where id = any ($1) for update", [bookings.map(({ id }) => id)]);
  await act();
  await client.query("commit");
  client.release();
}

/** Statements of ours that wait for a lock. */
async function waiting(): Promise<number> {
  const { rows } = await stage.owner.query<{ count: number }>(
    "select count(*)::int as count from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
  );
  return rows[0]?.count ?? 0;
}

/** The transactions that wrote the charges of these bookings. */
async function transactionsOf(bookings: readonly Paying[]): Promise<string[]> {
  const { rows } = await stage.owner.query<{ id: string }>(
    "select distinct c.xmin::text as id from charge c join payment p on p.id = c.payment_id where p.checkout_id = any ($1)",
    [bookings.map(({ id }) => id)],
  );
  return rows.map(({ id }) => id);
}

test("won and lapsed payments of one batch are settled once, and each has its own end", async () => {
  const place = { world: stage, clinic: await stage.openClinic() };
  const pages = await Promise.all(Array.from({ length: 20 }, (_, n) => onPaymentPage(place, n)));
  const doors = pages.slice(0, 4);
  const batch = pages.slice(4);
  // Of four neighbours the first two are in time, the third lapsed and free, the fourth resold.
  const fates = batch.map((_, index) => (["won", "won", "late", "resold"] as const)[index % 4]);
  for (const [index, booking] of batch.entries()) {
    if (fates[index] === "won") continue;
    await stage.timePasses(booking.id, 41);
    if (fates[index] === "resold") expect((await stage.hold(place.clinic, { start: slotStart(index + 4) })).status).toBe(201);
  }
  const settling: Promise<boolean>[] = [];
  const settle = (booking: Paying) => settling.push(settleCharge(approvalOf(place, booking)));
  await whileLocked(pages, async () => {
    for (const [index, booking] of doors.entries()) {
      settle(booking);
      await vi.waitFor(async () => expect(await waiting()).toBe(index + 1), { timeout: 20_000 });
    }
    for (const booking of batch) settle(booking);
  });
  expect(await Promise.all(settling)).toEqual(Array(pages.length).fill(true));

  const look = async () => {
    for (const booking of doors) expect(await decided(place, booking.id)).toEqual(won);
    for (const [index, booking] of batch.entries()) {
      const isResold = fates[index] === "resold";
      expect(await decided(place, booking.id), fates[index]).toEqual(isResold ? sentBack("capacity_gone") : won);
      const events = isResold ? { "booking.cancelled": 1, "refund_case.opened": 1 } : { "booking.paid": 1 };
      expect(await countEvents(stage, booking.id), fates[index]).toMatchObject(events);
    }
  };
  await look();
  const inTime = batch.filter((_, index) => fates[index] === "won");
  expect(await transactionsOf(inTime)).toHaveLength(1);
  await chargesAreTheirOwn(batch);
  await Promise.all(pages.map((booking) => settleCharge(approvalOf(place, booking))));
  await look();
});

/** Each booking was paid by the charge of its own payment, and its event says so. */
async function chargesAreTheirOwn(bookings: readonly Paying[]): Promise<void> {
  for (const { id, reference } of bookings) {
    const { rows } = await stage.owner.query(
      `select c.provider_charge_id as charge, c.outcome is not null as is_settled, e.details ->> 'paymentId' = p.id::text and k.paid_charge_id = c.id as is_own
       from payment p join charge c on c.tenant_id = p.tenant_id and c.payment_id = p.id
         join checkout k on k.tenant_id = p.tenant_id and k.id = p.checkout_id
         left join event e on e.tenant_id = p.tenant_id and e.subject_id = p.checkout_id and e.kind = 'booking.paid'
       where p.checkout_id = $1`,
      [id],
    );
    expect(rows).toMatchObject([{ charge: `charge of ${reference}`, is_settled: true }]);
    expect(rows[0]?.is_own).not.toBe(false);
  }
}
