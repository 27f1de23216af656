import { beforeEach, expect, test } from "vitest";
import { continueInquiry } from "#commands/inquiries/continue-inquiry.ts";
import { checkDay } from "#commands/settlement-check/check-day.ts";
import { settlementChecks } from "#contracts/ledger/checks.ts";
import { inquiries, inquiryDetails, paymentAnswer } from "#contracts/ledger/inquiries.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import { losePolls } from "../../engine/stories.ts";
import type { Clinic } from "../../support/clinic.ts";
import { slotStart } from "../../support/customer.ts";
import { eventually } from "../../support/end-state.ts";
import { testedProvider } from "../../support/payers/tested-provider.ts";
import { prepareStage } from "../../support/stage.ts";
import { merchantKey } from "../merchant-key.ts";
import { ask, expectProblem, expectShape } from "../request.ts";

const stage = prepareStage({ worker: false });
const lists = paymentProvider(testedProvider.id)?.capabilities.lists === true;
const isAskable = paymentProvider(testedProvider.id)?.capabilities.lookup !== "none";
let clinic: Clinic;
let headers: Record<string, string>;
beforeEach(async () => {
  clinic = await stage.openClinic();
  headers = await merchantKey(stage, clinic.tenantId, ["payments.read", "payments.change"]);
});

const paymentOf = async (checkoutId: string): Promise<string> => {
  const { rows } = await stage.owner.query<{ id: string }>("select id from payment where checkout_id = $1", [checkoutId]);
  return rows[0]?.id ?? "";
};
const question = (id: string) => ask(stage, "/api/payment-questions", { method: "POST", headers, json: { id } });
const answer = async (id: string) => expectShape(paymentAnswer, (await question(id)).body);
const span = () => ({ from: new Date(Date.now() - 3_600_000).toISOString(), to: new Date(Date.now() + 60_000).toISOString() });
const start = (wish: object = {}) => ask(stage, "/api/payment-inquiries", { method: "POST", headers, json: { ...span(), ...wish } });
const read = async (id: string) => expectShape(inquiryDetails, (await ask(stage, `/api/payment-inquiries/${id}`, { headers })).body);
const notAskedLately = () => stage.owner.query("update payment set asked_at = null where tenant_id = $1", [clinic.tenantId]);

test.skipIf(!isAskable)("a payment whose webhook was lost is paid as soon as somebody asks; asking again changes nothing", async () => {
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.pay(booking.checkoutUrl, "approve_without_return", { tells: "never" });
  const id = await paymentOf(booking.id);
  expect(await answer(id)).toEqual({ paymentId: id, result: "became_paid", state: "approved" });
  expect(await stage.state(booking)).toMatchObject({ status: "paid" });
  expect(await answer(id)).toMatchObject({ result: "same" });
  const { rows } = await stage.owner.query("select id from charge where payment_id = $1", [id]);
  await notAskedLately();
  // As the list of payments has it: by the charge's id.
  expect(await answer(rows[0]?.id)).toMatchObject({ paymentId: id, result: "same", state: "approved" });
  const events = await stage.owner.query("select actor from event where tenant_id = $1 and kind = 'payment.asked'", [clinic.tenantId]);
  expect(events.rows.map(({ actor }) => actor)).toEqual(Array(3).fill(expect.stringMatching(/^api-key:/)));
});

test.skipIf(!isAskable)("a provider that does not answer is told as no answer, and never as nothing paid", async () => {
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.payer.behave(clinic.account, { fails: { status: 503, times: 1000 } });
  expect(await answer(await paymentOf(booking.id))).toMatchObject({ result: "no_answer", state: "created" });
  await stage.payer.calm(clinic.account);
});

test("a payment of another merchant, or of nobody, is unknown; one that the provider cannot be asked about says so", async () => {
  const other = await stage.openClinic();
  const theirs = await stage.reachPaymentPage(other, { start: slotStart(0) });
  expectProblem(await question(await paymentOf(theirs.id)), "payment_unknown");
  expectProblem(await question(clinic.tenantId), "payment_unknown");
  const own = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  const id = await paymentOf(own.id);
  await stage.owner.query("update payment set provider = 'on_site' where id = $1", [id]);
  expectProblem(await question(id), "provider_cannot_be_asked");
});

test.skipIf(!isAskable)(
  "after an outage all payments of a time are asked about; what was found stays readable, and can be left meanwhile",
  async () => {
    const lost = [];
    for (const n of [0, 4, 8]) lost.push(await stage.reachPaymentPage(clinic, { start: slotStart(n), email: `c${n}@example.com` }));
    for (const { checkoutUrl } of lost.slice(0, 2)) await stage.pay(checkoutUrl, "approve_without_return", { tells: "never" });
    const started = await start();
    expect(started.status).toBe(202);
    const begun = expectShape(inquiryDetails, started.body);
    expect(begun).toMatchObject({ payments: 3, asked: 0, doneAt: null, notable: [] });
    expectProblem(await start(), "inquiry_runs");
    // What the ladder of polls finds first is no news to the inquiry.
    for (const { id } of lost) await losePolls(stage, id);
    await stage.startWorker();
    await eventually(async () => expect((await read(begun.id)).doneAt).not.toBeNull());
    await stage.stopWorker();
    const done = await read(begun.id);
    expect(done).toMatchObject({ asked: 3, results: { became_paid: 2, same: 1, no_answer: 0 } });
    expect(done.notable.map(({ result }) => result)).toEqual(["became_paid", "became_paid"]);
    const { body } = await ask(stage, "/api/payment-inquiries", { headers });
    expect(expectShape(inquiries, body).inquiries).toMatchObject([{ id: begun.id, asked: 3 }]);
    // A job that comes twice finds nothing left.
    await continueInquiry({ tenantId: clinic.tenantId, inquiryId: begun.id });
    expect(await read(begun.id)).toEqual(done);
  },
);

test("a time without payments is done at once; a time that ends before it begins, or a provider that is none, is refused", async () => {
  const empty = expectShape(inquiryDetails, (await start({ to: new Date(Date.now() - 3_000_000).toISOString() })).body);
  expect(empty).toMatchObject({ payments: 0, doneAt: expect.any(String) });
  expectProblem(await start({ to: new Date(Date.now() - 7_200_000).toISOString() }), "invalid_request");
  expectProblem(await start({ provider: "A B" }), "invalid_request");
  expectProblem(await ask(stage, `/api/payment-inquiries/${clinic.tenantId}`, { headers }), "inquiry_unknown");
});

test("more payments than one inquiry takes are refused, and nothing is begun", async () => {
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.owner.query(
    `insert into payment (tenant_id, checkout_id, connection_id, provider, reference, amount_minor, currency, expires_at, payable_until)
     select tenant_id, checkout_id, connection_id, provider, reference || n, amount_minor, currency, expires_at, payable_until
     from payment, generate_series(1, 500) n where checkout_id = $1`,
    [booking.id],
  );
  expectProblem(await start(), "limit_reached");
  const { body } = await ask(stage, "/api/payment-inquiries", { headers });
  expect(body).toEqual({ inquiries: [] });
});

test.skipIf(!isAskable || !lists)(
  "what a day's comparison showed of a payment ends as soon as somebody asks and it is settled",
  async () => {
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    await stage.pay(booking.checkoutUrl, "approve_without_return", { tells: "never" });
    const { from, to } = span();
    await checkDay({ ...clinic, day: "2026-11-26", span: { from: new Date(from), to: new Date(to) } });
    const shown = async () => expectShape(settlementChecks, (await ask(stage, "/api/ledger/checks", { headers })).body);
    const id = await paymentOf(booking.id);
    expect(await shown()).toMatchObject({
      checks: [{ outcome: "differs", listed: 1, own: 0 }],
      differences: [{ kind: "missing_here", there: "approved", here: null, paymentId: id, checkoutId: booking.id }],
      connections: [{ id: clinic.connectionId, lists: true }],
    });
    expect(await answer(id)).toMatchObject({ result: "became_paid" });
    expect((await shown()).differences).toEqual([]);
  },
);
