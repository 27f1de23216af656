import { expect, test } from "vitest";
import { askForRest } from "#commands/desk/ask-for-rest.ts";
import { movePriced } from "#commands/desk/move-priced.ts";
import { takeWhatIsDue } from "#commands/desk/take-what-is-due.ts";
import type { ApiKeyCaller } from "#contracts/caller.ts";
import type { PriceChange } from "#contracts/desk/moves.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import { readEffects } from "#tests/support/outside-effects.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { mailsTo } from "../mails/seen.ts";
import { settledAtOnce } from "../stories.ts";
import type { Own } from "./own.ts";

const stage = prepareStage({ keepsPromises: true });

const deskOf = ({ tenantId, serviceId }: Clinic): ApiKeyCaller => ({
  kind: "api_key",
  apiKeyId: serviceId,
  tenantId,
  permissions: [],
  origin: { address: null, browser: null },
});

async function paid(clinic: Clinic, wish: { serviceId?: string } = {}): Promise<Own> {
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0), ...wish });
  await stage.pay(booking.checkoutUrl, "approve");
  await stage.reaches(booking, { status: "confirmed" });
  await settledAtOnce(stage, booking.id);
  return booking;
}

/** From the first time of one professional to a later one of the other, who costs something else. */
function handOver(clinic: Clinic, { id: bookingId }: Own, price: PriceChange, n = 4) {
  const expected = { professionalId: clinic.professionalId, start: slotStart(0) };
  const to = { professionalId: clinic.otherProfessionalId, start: slotStart(n) };
  const input = { tenantId: clinic.tenantId, bookingId, to, expected, tellsCustomer: true, ignoresHours: false, price };
  return movePriced({ caller: deskOf(clinic), input });
}

async function moneyOf({ id }: Own) {
  const { rows } = await stage.owner.query(
    `select b.price_minor::int as price, open_rest(b, k)::int as open, k.paid_charge_id is not null as paid,
       (select coalesce(json_agg(json_build_array(r.reason, r.amount_minor) order by r.amount_minor), '[]') from refund_case r
        join charge c on c.id = r.charge_id join payment p on p.id = c.payment_id
        where p.checkout_id = $1 or p.checkout_id in (select x.id from booking_rest x where x.booking_id = $1)) as cases,
       (select e.actor || ' ' || coalesce(e.details ->> 'difference', '-') from event e
        where e.subject_id = $1 and e.kind = 'booking.rescheduled') as told
     from booking b join checkout k on k.id = b.id where b.id = $1`,
    [id],
  );
  return rows[0];
}

const plain = (text = "") => text.replaceAll(/\s/g, " ");
const movedMail = async (clinic: Clinic) =>
  plain((await mailsTo(stage, clinic, "customer")).find(({ subject }) => subject.includes("cambió"))?.text);

test("handed over to a colleague who costs more: the difference is asked for, and paid on the booking's page", async () => {
  const clinic = await stage.openClinic();
  const booking = await paid(clinic);
  await handOver(clinic, booking, { priceMinor: 16_000_000, fromMinor: 10_000_000, difference: "ask" });
  await settledAtOnce(stage, booking.id);
  const told = `api-key:${clinic.serviceId} ask`;
  expect(await moneyOf(booking)).toEqual({ price: 16_000_000, open: 6_000_000, paid: true, cases: [], told });
  expect(await stage.state(booking)).toMatchObject({ rest: { amountMinor: 6_000_000, state: "asked" } });
  expect(await movedMail(clinic)).toMatch(/cuesta ahora \$ 160\.000\. Faltan \$ 60\.000/);
  const retried = await stage.retry(booking);
  await stage.pay(retried.body.checkoutUrl, "approve");
  await stage.reaches(booking, { rest: { amountMinor: 6_000_000, state: "paid", mustAcceptTerms: false } });
  await settledAtOnce(stage, booking.id);
  expect(await moneyOf(booking)).toMatchObject({ open: 0, cases: [] });
  await eventually(async () => {
    const { callbacks } = await readEffects(stage, clinic);
    const told = callbacks.map(({ body }) => JSON.parse(body)).find(({ evento }) => evento === "booking.rest_paid");
    expect(told).toMatchObject({ servicio: { precio: 160_000, monto_cobrado: 100_000 } });
  });
  await settledAtOnce(stage, booking.id);
});

test("cheaper: the difference goes back from the same charge, once, and what is left is what a cancellation knows", async () => {
  const clinic = await stage.openClinic();
  const booking = await paid(clinic);
  const price: PriceChange = { priceMinor: 7_000_000, fromMinor: 10_000_000, difference: "refund" };
  const ended = await Promise.allSettled([1, 2, 3].map((n) => handOver(clinic, booking, price, n * 4)));
  expect(ended.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await settledAtOnce(stage, booking.id);
  expect(await moneyOf(booking)).toMatchObject({ price: 7_000_000, open: 0, cases: [["requested", 3_000_000]] });
  expect(await movedMail(clinic)).toMatch(/cuesta ahora \$ 70\.000\. Te devolvemos \$ 30\.000/);
});

test("after a deposit a cheaper price makes the rest smaller, and nothing goes back", async () => {
  const clinic = await stage.openClinic({ depositPercent: 50 });
  const booking = await paid(clinic, { serviceId: clinic.depositServiceId });
  const { priceMinor, amountMinor } = await stage.state(booking);
  await askForRest({ caller: deskOf(clinic), input: { bookingId: booking.id, mail: false } });
  await handOver(clinic, booking, { priceMinor: priceMinor - 100_000, fromMinor: priceMinor, difference: "refund" });
  await settledAtOnce(stage, booking.id);
  expect(await moneyOf(booking)).toMatchObject({ open: priceMinor - 100_000 - amountMinor, cases: [] });
  expect((await stage.state(booking)).rest).toMatchObject({ state: "asked", amountMinor: priceMinor - 100_000 - amountMinor });
});

test("left as it is: price and money stay, and the event says who left which difference", async () => {
  const clinic = await stage.openClinic();
  const booking = await paid(clinic);
  await handOver(clinic, booking, { priceMinor: 13_000_000, fromMinor: 10_000_000, difference: "leave" });
  await settledAtOnce(stage, booking.id);
  expect(await moneyOf(booking)).toMatchObject({ price: 10_000_000, open: 0, cases: [], told: `api-key:${clinic.serviceId} leave` });
  expect(await movedMail(clinic)).toContain("no tienes que pagar nada por el cambio");
});

test("a choice that does not fit, or a price that is no longer so, moves nothing", async () => {
  const clinic = await stage.openClinic();
  const booking = await paid(clinic);
  const wishes: [PriceChange, string][] = [
    [{ priceMinor: 13_000_000, fromMinor: 10_000_000, difference: "refund" }, "invalid_request"],
    [{ priceMinor: 7_000_000, fromMinor: 10_000_000, difference: "ask" }, "invalid_request"],
    [{ priceMinor: 13_000_000, fromMinor: 9_000_000, difference: "ask" }, "changed_meanwhile"],
    [{ priceMinor: 13_000_001, fromMinor: 10_000_000, difference: "ask" }, "amount_not_payable"],
  ];
  for (const [price, code] of wishes) await expect(handOver(clinic, booking, price)).rejects.toMatchObject({ code });
  expect(await stage.state(booking)).toMatchObject({ start: slotStart(0), priceMinor: 10_000_000 });
});

test("moved while the rest is being paid: one sum holds, and nobody pays an old one", async () => {
  const clinic = await stage.openClinic({ depositPercent: 50 });
  const booking = await paid(clinic, { serviceId: clinic.depositServiceId });
  const { priceMinor, amountMinor } = await stage.state(booking);
  await askForRest({ caller: deskOf(clinic), input: { bookingId: booking.id, mail: false } });
  const page = await stage.retry(booking);
  const dearer: PriceChange = { priceMinor: priceMinor + 1_000_000, fromMinor: priceMinor, difference: "ask" };
  const [moved] = await Promise.allSettled([handOver(clinic, booking, dearer), stage.pay(page.body.checkoutUrl, "approve")]);
  await eventually(async () => {
    await settledAtOnce(stage, booking.id);
    const { rest, priceMinor: price } = await stage.state(booking);
    // The rest that was paid is the whole of its price; or the higher one is asked for, and old money went back.
    const isPaid = rest?.state === "paid" && rest.amountMinor === price - amountMinor;
    const isAsked = moved?.status === "fulfilled" && rest?.amountMinor === priceMinor + 1_000_000 - amountMinor;
    expect(isPaid || isAsked).toBe(true);
  });
  if (moved?.status === "rejected") expect(["rest_being_paid", "difference_not_askable"]).toContain(moved.reason.code);
  await settledAtOnce(stage, booking.id);
});

test("taken on site, a difference is paid at the desk", async () => {
  const clinic = await stage.openClinic();
  const booking = await paid(clinic);
  await handOver(clinic, booking, { priceMinor: 11_000_000, fromMinor: 10_000_000, difference: "ask" });
  const input = { bookingId: booking.id, of: "rest" as const, taken: { method: "cash" as const }, expectedMinor: 1_000_000 };
  await takeWhatIsDue({ caller: deskOf(clinic), input });
  await settledAtOnce(stage, booking.id);
  expect(await moneyOf(booking)).toMatchObject({ price: 11_000_000, open: 0, cases: [] });
});
