import { beforeAll, describe, expect, test } from "vitest";
import { deskBooking } from "#contracts/desk/booking.ts";
import { callbacksTo, mailsTo } from "#tests/engine/mails/seen.ts";
import { settledAtOnce } from "#tests/engine/stories.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import { testedProvider } from "#tests/support/payers/tested-provider.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { type Answered, ask, expectProblem, expectShape } from "../request.ts";
import { bookingOf, type Desk, deskOf } from "./desk.ts";

const stage = prepareStage({ keepsPromises: true });
const price = 10_000_000;

let clinic: Clinic;
let desk: Desk;
beforeAll(async () => {
  clinic = await stage.openClinic();
  desk = await deskOf(stage, clinic);
});

const hour = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * hour).toISOString();
const customer = () => ({ name: "Ana María Pérez", email: `customer@${clinic.link}.example`, phone: "300 123 4567" });
const wish = (n: number, changes: object = {}) => ({
  serviceId: clinic.serviceId,
  professionalId: clinic.professionalId,
  start: slotStart(n),
  customer: customer(),
  ...changes,
});
const make = (n: number, changes: object = {}, headers: Record<string, string> = {}): Promise<Answered> =>
  desk("by-hand", { json: wish(n, changes), headers });
const asLink = (changes: object = {}) => ({ payment: { by: "link", endsAt: inHours(4), mail: false, ...changes } });
const onSite = { payment: { by: "on_site", method: "card", reference: "0042" } };
const made = (answer: Answered) => {
  expect(answer.status, answer.text).toBe(201);
  return expectShape(deskBooking, answer.body);
};
const mailsToCustomer = async () => (await mailsTo(stage, clinic, "customer")).length;

async function customersKey(id: string) {
  const { rows } = await stage.owner.query<{ id: string; token: string }>("select id, token from checkout where id = $1", [id]);
  if (!rows[0]) throw new Error("no such booking");
  return rows[0];
}
type Booking = { id: string; token: string };
const payAt = ({ id, token }: Booking, json: object): Promise<Answered> =>
  ask(stage, `/api/bookings/${id}/payments?token=${token}`, { json });

describe("paid on site", () => {
  test("it is paid at once by the path of all money, and room, mails and callback follow once", async () => {
    const before = await mailsToCustomer();
    const booking = made(await make(0, { ...onSite, serviceId: clinic.onlineServiceId, note: "Vino con su hija." }));
    expect(booking).toMatchObject({
      byHand: true,
      status: expect.stringMatching(/^(paid|confirmed)$/),
      paymentLink: null,
      money: { priceMinor: price, paidMinor: price },
      notes: [{ text: "Vino con su hija." }],
      payments: [{ provider: "on_site", onSite: { method: "card", reference: "0042", takenBy: { kind: "member", name: "Ana Pérez" } } }],
    });
    await settledAtOnce(stage, booking.id);
    const end = await stage.endState(clinic, booking.id);
    expect(end).toMatchObject({
      booking: { status: "confirmed", paymentStatus: "paid" },
      payments: ["approved"],
      claims: ["booked"],
      rooms: 1,
    });
    expect(await mailsToCustomer()).toBe(before + 1);
    const told = (await callbacksTo(stage, clinic)).map((body) => JSON.parse(body)).filter(({ booking_id }) => booking_id === booking.id);
    expect(told).toMatchObject([
      { evento: "booking.paid", usuario: { acepto_terminos: false }, pago: { proveedor: "on_site", estado: "aprobado" } },
    ]);
  });

  test("a double click and a repeat with its key make one booking and take the money once", async () => {
    const headers = { "idempotency-key": `by-hand-${clinic.tenantId}` };
    const [first, second] = await Promise.all([make(1, onSite, headers), make(1, onSite, headers)]);
    expect(made(second).id).toBe(made(first).id);
    const without = await Promise.all([make(2, onSite), make(2, onSite)]);
    expect(without.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    const { rows } = await stage.owner.query(
      "select count(*)::int as taken from on_site_receipt r join payment p on p.tenant_id = r.tenant_id and p.id = r.payment_id join booking b on b.id = p.checkout_id where b.tenant_id = $1 and b.starts_at = any ($2)",
      [clinic.tenantId, [slotStart(1), slotStart(2)]],
    );
    expect(rows).toEqual([{ taken: 2 }]);
  });

  test("a deposit, another price and nothing at all are taken as the reception says", async () => {
    const deposit = made(await make(3, { ...onSite, serviceId: clinic.depositServiceId }));
    expect(deposit.money).toMatchObject({ paidMinor: 2_500_000, restMinor: 7_500_000 });
    const whole = made(await make(4, { ...onSite, serviceId: clinic.depositServiceId, charge: "total", priceMinor: 8_000_000 }));
    expect(whole.money).toMatchObject({ priceMinor: 8_000_000, paidMinor: 8_000_000, restMinor: 0 });
    const { rows } = await stage.owner.query("select details, actor from event where subject_id = $1 and kind = 'booking.created'", [
      whole.id,
    ]);
    expect(rows).toMatchObject([{ details: { priceMinor: 8_000_000, listPriceMinor: price }, actor: expect.stringMatching(/^member:/) }]);
    const free = made(await make(5, { priceMinor: 0 }));
    expect(free).toMatchObject({ money: { priceMinor: 0 }, payments: [{ provider: "none" }] });
    await settledAtOnce(stage, free.id);
    expectProblem(await make(6, { ...onSite, charge: "partial" }), "invalid_request");
    expectProblem(await make(6, { ...onSite, priceMinor: 8_000_050 }), "amount_not_payable");
    expect(expectProblem(await make(6), "invalid_request")).toEqual(["payment"]);
  });

  test("the money goes back by hand: a case of a person, with a proof", async () => {
    const booking = made(await make(7, onSite));
    await settledAtOnce(stage, booking.id);
    expect((await desk(`${booking.id}/cancel`, { json: { refund: "full" } })).status).toBe(200);
    await eventually(async () =>
      expect((await stage.endState(clinic, booking.id)).refundCases).toMatchObject([{ state: "manual", amountMinor: price }]),
    );
  });

  test("whoever stands at the desk may come for the time that has begun", async () => {
    const start = new Date(Math.floor(Date.now() / 60_000) * 60_000 - 10 * 60_000).toISOString();
    expect(made(await make(0, { ...onSite, start, ignoreHours: true }))).toMatchObject({ money: { paidMinor: price } });
    expectProblem(await make(0, { ...asLink(), start, ignoreHours: true }), "time_past");
  });
});

describe("the time", () => {
  test("a customer's hold and the reception meet the same constraint, and no name of anybody is told", async () => {
    expect((await stage.hold(clinic, { start: slotStart(10) })).status).toBe(201);
    const refused = await make(10, onSite);
    expectProblem(refused, "slot_taken");
    expect(refused.text).not.toContain("Ana");
    made(await make(11, asLink()));
    expect((await stage.hold(clinic, { start: slotStart(11) })).body.code).toBe("slot_taken");
  });

  test("outside the hours only after a plain word, and never in an absence", async () => {
    await stage.owner.query("delete from working_hours where tenant_id = $1 and professional_id = $2", [
      clinic.tenantId,
      clinic.otherProfessionalId,
    ]);
    const there = { ...onSite, professionalId: clinic.otherProfessionalId };
    expectProblem(await make(12, there), "outside_hours");
    expect(made(await make(12, { ...there, ignoreHours: true })).professional.id).toBe(clinic.otherProfessionalId);
  });

  test("staff may not, and another merchant's service is not offered", async () => {
    const staff = await deskOf(stage, clinic, { role: "staff", professionalId: clinic.professionalId });
    expectProblem(await staff("by-hand", { json: wish(13, onSite) }), "forbidden");
    const other = await stage.openClinic();
    expectProblem(await make(13, { ...onSite, serviceId: other.serviceId }), "slot_not_offered");
    const { id } = made(await make(13, asLink()));
    const stranger = await deskOf(stage, other);
    for (const [path, json] of [
      ["payment-link", { endsAt: inHours(6) }],
      ["payment-link/mail", undefined],
      ["on-site", { method: "cash", expectedMinor: price }],
    ] as const)
      expectProblem(await stranger(`${id}/${path}`, { method: "POST", ...(json && { json }) }), "checkout_unknown");
    expect((await desk(id)).text).toContain("/confirm?token=");
    expect((await staff(id)).text).not.toContain("/confirm?token=");
  });
});

describe("as a payment link", () => {
  test("nothing is real before the money; the customer accepts the terms, pays, and then everything follows", async () => {
    const before = await mailsToCustomer();
    const booking = made(await make(20, asLink()));
    expect(booking).toMatchObject({ status: "pending", may: { takeOnSite: true, cancel: true }, payments: [] });
    const key = await customersKey(booking.id);
    expect(booking.paymentLink?.url).toBe(`${stage.appUrl}/book/${key.id}/confirm?token=${key.token}`);
    expect(await stage.state(key)).toMatchObject({ status: "pending", isAsked: true, mustAcceptTerms: true });
    expect((await stage.endState(clinic, booking.id)).followUps).toEqual({});
    expect(await mailsToCustomer()).toBe(before);
    expectProblem(await payAt(key, { provider: testedProvider.id }), "terms_not_accepted");
    const page = (await payAt(key, { provider: testedProvider.id, acceptedTerms: true })).body as { checkoutUrl: string };
    expect(await stage.state(key)).toMatchObject({ isAsked: false, mustAcceptTerms: false });
    await stage.pay(page.checkoutUrl, "approve");
    await stage.reaches(key, { status: "confirmed" });
    await settledAtOnce(stage, booking.id);
    expect(await mailsToCustomer()).toBe(before + 1);
  });

  test("the link is mailed once for each wish, in the customer's language, and not too often", async () => {
    const before = await mailsToCustomer();
    const booking = made(await make(21, { ...asLink({ mail: true }), locale: "en" }));
    await settledAtOnce(stage, booking.id);
    const mails = await mailsTo(stage, clinic, "customer");
    expect(mails).toHaveLength(before + 1);
    expect(mails.at(-1)).toMatchObject({ subject: expect.stringContaining("Pay to confirm") });
    const { token } = await customersKey(booking.id);
    expect(mails.at(-1)?.text).toContain(token);
    const headers = { "idempotency-key": `again-${booking.id}` };
    for (let turn = 0; turn < 2; turn += 1)
      expect((await desk(`${booking.id}/payment-link/mail`, { method: "POST", headers })).status).toBe(200);
    expect((await desk(`${booking.id}/payment-link/mail`, { method: "POST" })).status).toBe(200);
    expectProblem(await desk(`${booking.id}/payment-link/mail`, { method: "POST" }), "too_many_mails");
    await settledAtOnce(stage, booking.id);
    expect(await mailsToCustomer()).toBe(before + 3);
  });

  test("it ends when the reception has said, and lapses like any hold", async () => {
    for (const endsAt of [inHours(0.05), inHours(8 * 24), inHours(-1)]) expectProblem(await make(22, asLink({ endsAt })), "link_end_unfit");
    const late = new Date(Date.parse(slotStart(0)) + hour).toISOString();
    expectProblem(
      await make(0, { ...asLink({ endsAt: late }), professionalId: clinic.otherProfessionalId, ignoreHours: true }),
      "link_end_unfit",
    );
    const booking = made(await make(22, asLink()));
    const key = await customersKey(booking.id);
    await stage.timePasses(booking.id, 4 * 60 + 3);
    await eventually(async () => {
      await stage.hold(clinic, { start: slotStart(22) });
      expect(await stage.state(key)).toMatchObject({ status: "expired" });
    });
    expectProblem(await payAt(key, { provider: testedProvider.id, acceptedTerms: true }), "checkout_closed");
    expectProblem(await desk(`${booking.id}/payment-link`, { json: { endsAt: inHours(6) } }), "checkout_closed");
    expectProblem(await desk(`${booking.id}/on-site`, { json: { method: "cash", expectedMinor: price } }), "checkout_closed");
  });

  test("it is prolonged while it lives, and never shortened", async () => {
    const booking = made(await make(23, asLink()));
    const later = inHours(10);
    const prolonged = (await desk(`${booking.id}/payment-link`, { json: { endsAt: later } })).body;
    expect(prolonged).toMatchObject({ paymentLink: { endsAt: later } });
    expectProblem(await desk(`${booking.id}/payment-link`, { json: { endsAt: inHours(5) } }), "link_end_unfit");
    await stage.timePasses(booking.id, 6 * 60);
    const page = (await payAt(await customersKey(booking.id), { provider: testedProvider.id, acceptedTerms: true })).body as {
      checkoutUrl: string;
    };
    await stage.pay(page.checkoutUrl, "approve");
    await stage.reaches(await customersKey(booking.id), { status: "confirmed" });
    await settledAtOnce(stage, booking.id);
    expectProblem(await desk(`${booking.id}/payment-link`, { json: { endsAt: inHours(20) } }), "already_paid");
  });

  test("a repeat that comes after a deposit of half takes no rest, though it is the same sum", async () => {
    const half = await stage.openClinic({ depositPercent: 50 });
    const own = await deskOf(stage, half);
    const { professionalId, depositServiceId: serviceId } = half;
    const booking = made(await own("by-hand", { json: wish(26, { ...asLink(), professionalId, serviceId }) }));
    const take = () => own(`${booking.id}/on-site`, { json: { method: "cash", expectedMinor: price / 2 } });
    const standing = { money: { paidMinor: price / 2 }, rest: { state: "open", amountMinor: price / 2 } };
    expect((await take()).body).toMatchObject(standing);
    expectProblem(await take(), "already_paid");
    expect(await bookingOf(own, booking.id)).toMatchObject(standing);
    await settledAtOnce(stage, booking.id);
  });

  test("it is cancelled, or paid at the desk after all; what the customer pays then goes back", async () => {
    const booking = made(await make(24, asLink()));
    const key = await customersKey(booking.id);
    const page = (await payAt(key, { provider: testedProvider.id, acceptedTerms: true })).body as { checkoutUrl: string };
    const stale = await desk(`${booking.id}/on-site`, { json: { method: "cash", expectedMinor: price - 100 } });
    expectProblem(stale, "changed_meanwhile");
    const taken = await desk(`${booking.id}/on-site`, { json: { method: "cash", expectedMinor: price } });
    expect(taken.body).toMatchObject({ money: { paidMinor: price }, paymentLink: null });
    await stage.pay(page.checkoutUrl, "approve", { afterEnd: true });
    await eventually(async () => expect((await stage.endState(clinic, booking.id)).refundCases).toMatchObject([{ reason: "duplicate" }]));
    await settledAtOnce(stage, booking.id);

    const other = made(await make(25, asLink()));
    expect((await desk(`${other.id}/cancel`, { json: { refund: "none" } })).body).toMatchObject({ status: "cancelled", paymentLink: null });
    expect((await stage.hold(clinic, { start: slotStart(25) })).status).toBe(201);
    expectProblem(await payAt(await customersKey(other.id), { provider: testedProvider.id, acceptedTerms: true }), "checkout_closed");
  });

  test("the desk's own link is in no list and nobody can take it away", async () => {
    made(await make(45, asLink()));
    const { rows } = await stage.owner.query<{ id: string }>("select id from booking_link where tenant_id = $1 and is_desk", [
      clinic.tenantId,
    ]);
    expect(rows).toHaveLength(1);
    const links = await desk("../booking-links");
    expect(links.text).not.toContain(rows[0]?.id);
    for (const path of [`../booking-links/${rows[0]?.id}`]) {
      expectProblem(await desk(path), "link_unknown");
      expectProblem(await desk(path, { method: "DELETE" }), "link_unknown");
    }
    expect((await desk("../tenant/payments")).text).not.toContain("on_site");
  });
});
