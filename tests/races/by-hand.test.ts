import { describe, expect, test } from "vitest";
import { cancelCheckout } from "#commands/checkouts/cancel-checkout.ts";
import { askForRest } from "#commands/desk/ask-for-rest.ts";
import { makeBooking } from "#commands/desk/make-booking.ts";
import { takeWhatIsDue } from "#commands/desk/take-what-is-due.ts";
import type { ApiKeyCaller } from "#contracts/caller.ts";
import { newBooking } from "#contracts/desk/by-hand.ts";
import { keyPermissions } from "#domain/roles.ts";
import { examine } from "#queries/doctor.ts";
import { type Clinic, openClinic } from "../support/clinic.ts";
import { customerOfTests, hold, paysAt, slotStart } from "../support/customer.ts";
import { testedProvider } from "../support/payers/tested-provider.ts";
import { post } from "../support/post.ts";
import { prepareStage } from "../support/stage.ts";
import type { World } from "../support/world.ts";
import { approve, atOnce, countEvents, decided, hear, paymentOf } from "./contest.ts";

const rounds = 8;
const [price, deposit] = [10_000_000, 5_000_000];
type Place = { world: World; clinic: Clinic };

function programOf({ tenantId }: Clinic): ApiKeyCaller {
  return { kind: "api_key", apiKeyId: tenantId, tenantId, permissions: keyPermissions, origin: { address: null, browser: null } };
}

type Payment = { by: "link"; endsAt: string; mail: boolean } | { by: "on_site"; method: "cash" };
const link = (): Payment => ({ by: "link", endsAt: new Date(Date.now() + 3_600_000).toISOString(), mail: false });

function making({ clinic }: Place, n: number, payment: Payment, serviceId = clinic.serviceId): Promise<{ id: string }> {
  const { professionalId } = clinic;
  const wish = { serviceId, professionalId, start: slotStart(n), customer: customerOfTests, payment };
  return makeBooking({ caller: programOf(clinic), input: newBooking.parse(wish) });
}

/** The customer is on the provider's page and has paid: nobody has told us yet. */
async function paidUnseen({ world, clinic }: Place, id: string): Promise<string> {
  const { rows } = await world.owner.query<{ token: string }>("select token from checkout where id = $1", [id]);
  const url = `${world.appUrl}/api/bookings/${id}/payments?token=${rows[0]?.token}`;
  const page = (await post(url, { ...paysAt(testedProvider.id), acceptedTerms: true })) as { checkoutUrl: string; reference: string };
  expect(page.checkoutUrl, JSON.stringify(page)).toBeTruthy();
  await approve(world, page.checkoutUrl);
  expect(clinic.tenantId).toBeTruthy();
  return paymentOf(world, page.reference);
}

const cancelling =
  ({ clinic }: Place, id: string) =>
  () =>
    cancelCheckout({
      caller: programOf(clinic),
      input: { tenantId: clinic.tenantId, checkoutId: id, refund: "none", seen: { status: "pending", refundMinor: 0 } },
    });

/** The reception decides about an unpaid booking while its money arrives. Returns who won. */
async function payAgainstCancel(place: Place, n: number): Promise<string> {
  const { id } = await making(place, n, link());
  const paymentId = await paidUnseen(place, id);
  let heard = "done";
  await atOnce([
    () => hear(place, paymentId),
    () =>
      cancelling(place, id)().catch((refusal: Error & { code: string }) => {
        heard = refusal.code;
      }),
  ]);
  const { booking, claims, refundCases } = await decided(place, id);
  if (heard === "done") {
    expect(booking).toMatchObject({ status: "cancelled" });
    expect({ claims, refundCases }).toEqual({
      claims: ["released"],
      refundCases: [{ reason: "cancelled", state: "open", amountMinor: price }],
    });
    expect((await hold(place.world, place.clinic, { start: slotStart(n) })).status).toBe(201);
  } else {
    expect(heard).toBe("changed_meanwhile");
    expect({ booking, claims, refundCases }).toMatchObject({ booking: { status: "paid" }, claims: ["booked"], refundCases: [] });
  }
  const { rows } = await place.world.owner.query("select count(*)::int as approved from charge where payment_id = $1", [paymentId]);
  expect(rows).toEqual([{ approved: 1 }]);
  return heard;
}

/** A customer and two of the reception want one time. */
async function oneTime(place: Place, n: number): Promise<void> {
  const statuses: number[] = [];
  const ended = await atOnce([
    () => making(place, n, link()),
    () => making(place, n, { by: "on_site", method: "cash" }),
    async () => statuses.push((await hold(place.world, place.clinic, { start: slotStart(n) })).status),
  ]);
  const made = ended.filter((end) => end === "done").length - (statuses[0] === 201 ? 0 : 1);
  expect(ended.filter((end) => end !== "done" && end !== "slot_taken")).toEqual([]);
  expect(made).toBe(1);
}

async function withDeposit(place: Place, n: number): Promise<string> {
  const { id } = await making(place, n, { by: "on_site", method: "cash" }, place.clinic.depositServiceId);
  return id;
}

const takingRest =
  ({ clinic }: Place, bookingId: string) =>
  () =>
    takeWhatIsDue({
      caller: programOf(clinic),
      input: { bookingId, of: "rest", taken: { method: "cash" }, expectedMinor: price - deposit },
    });

async function chargesOfRest({ world }: Place, bookingId: string): Promise<Record<string, number>> {
  const { rows } = await world.owner.query<{ outcome: string; count: number }>(
    `select coalesce(c.outcome, 'neither') as outcome, count(*)::int as count from charge c join payment p on p.id = c.payment_id
     join booking_rest r on r.id = p.checkout_id where r.booking_id = $1 group by 1`,
    [bookingId],
  );
  return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
}

/** Two of the reception take the rest: it is taken once, and the other is told. */
async function restTakenTwice(place: Place, n: number): Promise<void> {
  const id = await withDeposit(place, n);
  const ended = await atOnce([takingRest(place, id), takingRest(place, id)]);
  expect(ended.toSorted()).toEqual(["already_paid", "done"]);
  expect(await chargesOfRest(place, id)).toEqual({ booked: 1 });
}

/** The rest by the link and at the desk: one counts; the other is told, or goes back. */
async function restPaidTwice(place: Place, n: number): Promise<string> {
  const id = await withDeposit(place, n);
  await askForRest({ caller: programOf(place.clinic), input: { bookingId: id, mail: false } });
  const paymentId = await paidUnseen(place, id);
  const ended = await atOnce([takingRest(place, id), () => hear(place, paymentId)]);
  // Whoever was refused has taken no money.
  const isTold = ended.includes("already_paid");
  expect(await chargesOfRest(place, id)).toEqual(isTold ? { booked: 1 } : { booked: 1, refund_case: 1 });
  const { rows } = await place.world.owner.query<{ id: string }>("select id from booking_rest where booking_id = $1", [id]);
  expect(await countEvents(place.world, rows[0]?.id ?? "")).toMatchObject({ "rest.paid": 1 });
  return isTold ? "told" : "sent back";
}

async function eachRound<T>(place: Place, race: (place: Place, n: number) => Promise<T>): Promise<T[]> {
  const ends: T[] = [];
  for (let round = 0; round < rounds; round += 1) ends.push(await race(place, round * 2));
  return ends;
}

describe("with the locks", () => {
  const stage = prepareStage({ worker: false });
  const place = async (): Promise<Place> => ({ world: stage, clinic: await openClinic(stage, { depositPercent: 50 }) });

  test("a link that is paid while the reception cancels: one wins, the other is told, and money that lost goes back", async () => {
    await eachRound(await place(), payAgainstCancel);
    expect(await examine()).toEqual([]);
  });

  test("a customer and two of the reception want one time: one gets it, the others hear that it is taken", async () => {
    await eachRound(await place(), oneTime);
    expect(await examine()).toEqual([]);
  });

  test("the rest of a deposit is taken at the desk once, however many press", async () => {
    await eachRound(await place(), restTakenTwice);
    expect(await examine()).toEqual([]);
  });

  test("the rest by the link and at the desk at once: one counts, the other is told or goes back", async () => {
    await eachRound(await place(), restPaidTwice);
    expect(await examine()).toEqual([]);
  });
});

describe("controls", () => {
  const stage = prepareStage({ worker: false });

  test("without the word that the booking was seen unpaid, a paid one is cancelled and its money kept", async () => {
    const place = { world: stage, clinic: await openClinic(stage, { depositPercent: 50 }) };
    const { id } = await making(place, 0, link());
    const paymentId = await paidUnseen(place, id);
    await hear(place, paymentId);
    const blind = { tenantId: place.clinic.tenantId, checkoutId: id, refund: "none" } as const;
    await cancelCheckout({ caller: programOf(place.clinic), input: blind });
    expect(await decided(place, id)).toMatchObject({ booking: { status: "cancelled" }, refundCases: [] });
  });

  test("without the receipt of the first, two of the reception take the rest twice, and one must be given back", async () => {
    const place = { world: stage, clinic: await openClinic(stage, { depositPercent: 50 }) };
    const id = await withDeposit(place, 2);
    await stage.owner.query("alter table on_site_receipt rename to kept_receipt");
    await stage.owner.query("create table on_site_receipt (like kept_receipt including defaults)");
    await stage.owner.query(`create function forget() returns trigger language plpgsql as 'begin return null; end'`);
    await stage.owner.query("create trigger forget before insert on on_site_receipt for each row execute function forget()");
    await stage.owner.query("grant all on on_site_receipt to konfirmado_app, konfirmado_system");
    try {
      const ends = new Set<string>();
      for (let turn = 0; turn < rounds && !ends.has("twice"); turn += 1) {
        const booking = turn === 0 ? id : await withDeposit(place, 2 + turn * 2);
        await atOnce([takingRest(place, booking), takingRest(place, booking)]);
        ends.add((await chargesOfRest(place, booking))["refund_case"] ? "twice" : "once");
      }
      expect(ends).toContain("twice");
    } finally {
      await stage.owner.query("drop table on_site_receipt");
      await stage.owner.query("alter table kept_receipt rename to on_site_receipt");
    }
  });
});
