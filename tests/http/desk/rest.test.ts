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
import { bookAndPay, bookingOf, type Desk, deskOf, mailTextsTo } from "./desk.ts";

const stage = prepareStage({ keepsPromises: true });
const [price, deposit] = [10_000_000, 2_500_000];
const rest = price - deposit;

let clinic: Clinic;
let desk: Desk;
beforeAll(async () => {
  clinic = await stage.openClinic();
  desk = await deskOf(stage, clinic);
});

type Booking = { id: string; token: string };
const withDeposit = (n: number) => bookAndPay(stage, clinic, n, { serviceId: clinic.depositServiceId });
const onSite = (id: string, changes: object = {}) =>
  desk(`${id}/on-site`, { json: { method: "cash", of: "rest", expectedMinor: rest, ...changes } });
const askFor = (id: string, mail = false) => desk(`${id}/rest`, { json: { mail } });
const payAt = async ({ id, token }: Booking): Promise<Answered> =>
  ask(stage, `/api/bookings/${id}/payments?token=${token}`, { json: { provider: testedProvider.id } });
const pageOf = async (booking: Booking) =>
  (await payAt(booking)).body as { id: string; token: string; amountMinor: number; checkoutUrl: string };
const restOf = async (id: string) => (await bookingOf(desk, id)).rest;

async function restId(bookingId: string): Promise<string> {
  const { rows } = await stage.owner.query<{ id: string }>("select id from booking_rest where booking_id = $1", [bookingId]);
  return rows[0]?.id ?? "";
}
async function isSettled(bookingId: string): Promise<void> {
  await settledAtOnce(stage, await restId(bookingId));
  await settledAtOnce(stage, bookingId);
}
const told = async (id: string) =>
  (await callbacksTo(stage, clinic)).map((body) => JSON.parse(body)).filter(({ booking_id }) => booking_id === id);

describe("what a deposit has left", () => {
  test("is seen on the page, in the list and in the calendar until it is paid on site; then everybody hears of it once", async () => {
    const booking = await withDeposit(0);
    expect((await bookingOf(desk, booking.id)).rest).toMatchObject({ amountMinor: rest, state: "open" });
    const list = async () => ((await desk(`../bookings?search=${booking.reference}`)).body as { bookings: object[] }).bookings;
    expect(await list()).toMatchObject([{ openMinor: rest, chargedMinor: deposit }]);
    const day = new Date(slotStart(0)).toISOString().slice(0, 10);
    const entries = async () => ((await desk(`../calendar?from=${day}&to=${day}`)).body as { entries: { bookingId: string }[] }).entries;
    const entry = async () => (await entries()).find(({ bookingId }) => bookingId === booking.id);
    expect(await entry()).toMatchObject({ open: { amountMinor: rest, currency: "COP" } });
    expectProblem(await onSite(booking.id, { expectedMinor: rest - 100 }), "changed_meanwhile");

    const paid = await onSite(booking.id, { method: "card", reference: "0042" });
    expect(expectShape(deskBooking, paid.body)).toMatchObject({
      rest: { amountMinor: rest, state: "paid", leftMinor: rest },
      money: { paidMinor: deposit, restMinor: 0 },
      may: { takeOnSite: false, askForRest: false, refundRest: true },
    });
    const { payments } = await bookingOf(desk, booking.id);
    expect(payments).toMatchObject([
      { provider: "on_site", amountMinor: rest, onSite: { method: "card", reference: "0042" } },
      { amountMinor: deposit },
    ]);
    const { events } = (await desk(`${booking.id}/timeline`)).body as { events: { kind: string; actor: object; details: object }[] };
    const taken = events.find(({ kind, details }) => kind === "payment.started" && "method" in details);
    expect(taken).toMatchObject({ actor: { kind: "member" }, details: { method: "card" } });
    expectProblem(await onSite(booking.id), "already_paid");
    expectProblem(await askFor(booking.id), "already_paid");
    await isSettled(booking.id);
    expect(await list()).toMatchObject([{ openMinor: 0 }]);
    expect(await entry()).toMatchObject({ open: { amountMinor: 0 } });
    expect(await stage.state(booking)).toMatchObject({ status: "confirmed", rest: { state: "paid", amountMinor: rest } });
    expect(await told(booking.id)).toMatchObject([
      { evento: "booking.paid", secuencia: 1, pago: { monto_menor: deposit } },
      { evento: "booking.rest_paid", secuencia: 2, pago: { proveedor: "on_site", estado: "aprobado", monto_menor: rest } },
    ]);
    expect((await mailTextsTo(stage, booking.email))[0]).toMatch(/\$ ?75\.000/);
  });

  test("is paid by the link, on the booking's own page, once the reception has asked for it", async () => {
    const booking = await withDeposit(2);
    expect(await stage.state(booking)).toMatchObject({ rest: { state: "open" } });
    expectProblem(await payAt(booking), "already_paid");
    expect((await askFor(booking.id, true)).body).toMatchObject({
      rest: { state: "asked", url: `${stage.appUrl}/book/${booking.id}/confirm?token=${booking.token}` },
    });
    expect(await stage.state(booking)).toMatchObject({
      status: "confirmed",
      rest: { state: "asked", amountMinor: rest, mustAcceptTerms: false },
    });
    const page = await pageOf(booking);
    expect(page).toMatchObject({ id: booking.id, token: booking.token, amountMinor: rest });
    expect(await stage.state(booking)).toMatchObject({ rest: { state: "paying" } });
    const { returnUrl } = (await stage.pay(page.checkoutUrl, "approve")) as { returnUrl?: string };
    if (returnUrl) expect(returnUrl).toBeTruthy();
    await stage.reaches(booking, { status: "confirmed", rest: { state: "paid", amountMinor: rest, mustAcceptTerms: false } });
    await isSettled(booking.id);
    expect((await told(booking.id)).map(({ evento }) => evento)).toEqual(["booking.paid", "booking.rest_paid"]);
    const texts = await mailTextsTo(stage, booking.email);
    expect(texts).toHaveLength(3);
    expect(texts[1]).toContain(booking.token);
  });

  test("paid by the link and at the desk: one counts, the other goes back as a duplicate", async () => {
    const booking = await withDeposit(4);
    await askFor(booking.id);
    const page = await pageOf(booking);
    expect((await onSite(booking.id)).status).toBe(200);
    await stage.pay(page.checkoutUrl, "approve", { afterEnd: true });
    await eventually(async () =>
      expect((await bookingOf(desk, booking.id)).refundCases).toMatchObject([{ reason: "duplicate", amountMinor: rest }]),
    );
    await isSettled(booking.id);
    expect((await told(booking.id)).filter(({ evento }) => evento === "booking.rest_paid")).toHaveLength(1);
  });

  test("a cancelled booking asks for nothing more, and money that comes after all goes back", async () => {
    const booking = await withDeposit(6);
    await askFor(booking.id);
    const page = await pageOf(booking);
    expect((await desk(`${booking.id}/cancel`, { json: { refund: "none" } })).body).toMatchObject({ status: "cancelled", rest: null });
    await stage.pay(page.checkoutUrl, "approve", { afterEnd: true });
    await eventually(async () =>
      expect((await bookingOf(desk, booking.id)).refundCases).toMatchObject([{ reason: "cancelled", amountMinor: rest }]),
    );
    expectProblem(await onSite(booking.id), "booking_not_standing");
  });

  test("its money goes back by a decision of its own", async () => {
    const booking = await withDeposit(8);
    await onSite(booking.id);
    await isSettled(booking.id);
    expectProblem(
      await desk(`${booking.id}/refunds`, { json: { amountMinor: rest, seenLeftMinor: rest - 1, of: "rest" } }),
      "changed_meanwhile",
    );
    const sent = await desk(`${booking.id}/refunds`, { json: { amountMinor: rest, seenLeftMinor: rest, of: "rest" } });
    expect(sent.body).toMatchObject({
      money: { leftMinor: deposit },
      rest: { state: "paid", leftMinor: 0 },
      refundCases: [{ reason: "requested", amountMinor: rest }],
    });
  });

  test("is its booking's on every list of money, with the buyer's document and service", async () => {
    const booking = await withDeposit(16);
    await onSite(booking.id);
    await isSettled(booking.id);
    await desk(`${booking.id}/refunds`, { json: { amountMinor: rest, seenLeftMinor: rest, of: "rest" } });
    await stage.owner.query(
      `insert into booking_answer (tenant_id, booking_id, question_id, kind, question, answer, position)
       values ($1, $2, gen_random_uuid(), 'text', 'Número de documento', 'CC 52.123.456', 0)`,
      [clinic.tenantId, booking.id],
    );
    const { customerId, payments } = await bookingOf(desk, booking.id);
    const reference = payments?.find(({ provider }) => provider === "on_site")?.reference ?? "";
    // One number, so one customer of all these tests.
    const { refundCases } = (await desk(`../customers/${customerId}`)).body as { refundCases: object[] };
    expect(refundCases).toContainEqual(expect.objectContaining({ bookingId: booking.id, amountMinor: rest }));
    expect((await desk(`../payments?search=${reference}`)).body).toMatchObject({ payments: [{ checkout: { service: "Tratamiento" } }] });
    const journal = (await desk("../ledger/journal.csv")).text.split("\r\n").find((line) => line.includes(reference));
    expect(journal).toContain("CC 52.123.456");
    expect(journal).toContain("Tratamiento");
  });

  test("its own id is no booking's, and changes nothing", async () => {
    const booking = await withDeposit(18);
    await onSite(booking.id);
    await isSettled(booking.id);
    const id = await restId(booking.id);
    const changes = {
      cancel: { refund: "full" },
      refunds: { amountMinor: rest, seenLeftMinor: rest },
      reversal: { answer: "cancel" },
      notes: { text: "Una nota." },
      rest: {},
      "on-site": { method: "cash", expectedMinor: rest },
    };
    for (const [path, json] of Object.entries(changes)) expectProblem(await desk(`${id}/${path}`, { json }), "checkout_unknown");
    expect(await bookingOf(desk, booking.id)).toMatchObject({
      status: "confirmed",
      rest: { state: "paid", leftMinor: rest },
      refundCases: [],
    });
  });

  test.each([
    ["keep", "confirmed"],
    ["cancel", "cancelled"],
  ] as const)("what the bank takes back of it is asked on the booking's page; %s: the deposit stays here", async (answer, status) => {
    const booking = await withDeposit(answer === "keep" ? 20 : 22);
    await askFor(booking.id);
    const { chargeIds } = await stage.pay((await pageOf(booking)).checkoutUrl, "approve");
    await stage.reaches(booking, { status: "confirmed", rest: { state: "paid", amountMinor: rest, mustAcceptTerms: false } });
    await isSettled(booking.id);
    await stage.payer.decide(chargeIds[0], "voided");
    await eventually(async () =>
      expect(await bookingOf(desk, booking.id)).toMatchObject({ reversalAnswer: "open", may: { answerReversal: true } }),
    );
    await isSettled(booking.id);
    const { items } = (await desk("../attention")).body as { items: object[] };
    expect(items).toContainEqual(expect.objectContaining({ kind: "reversal_open", checkoutId: booking.id }));
    const { notices } = (await desk("../notices")).body as { notices: { kind: string; booking: { id: string } | null }[] };
    expect(notices.find(({ kind }) => kind === "payment.reversed")).toMatchObject({ booking: { id: booking.id } });
    const answered = await desk(`${booking.id}/reversal`, { json: { answer } });
    expect(answered.body).toMatchObject({ status, reversalAnswer: answer, refundCases: [], money: { leftMinor: deposit } });
    expectProblem(await desk(`${booking.id}/reversal`, { json: { answer: answer === "keep" ? "cancel" : "keep" } }), "changed_meanwhile");
  });

  test("nothing is left of a whole price or of an unpaid booking; strangers and staff may ask for nothing", async () => {
    const whole = await bookAndPay(stage, clinic, 10);
    expect(await restOf(whole.id)).toBeNull();
    expectProblem(await onSite(whole.id, { expectedMinor: price }), "no_rest");
    const pending = await stage.reachPaymentPage(clinic, { start: slotStart(12), serviceId: clinic.depositServiceId });
    expectProblem(await askFor(pending.id), "booking_not_standing");
    const booking = await withDeposit(14);
    const stranger = await deskOf(stage, await stage.openClinic());
    const staff = await deskOf(stage, clinic, { role: "staff", professionalId: clinic.professionalId });
    for (const path of ["rest", "on-site"]) {
      const json = path === "rest" ? {} : { method: "cash", of: "rest", expectedMinor: rest };
      expectProblem(await stranger(`${booking.id}/${path}`, { json }), "checkout_unknown");
      expectProblem(await staff(`${booking.id}/${path}`, { json }), "forbidden");
    }
    expect((await mailsTo(stage, clinic, "customer")).filter(({ subject }) => subject.includes("Te falta"))).toEqual([]);
  });
});
