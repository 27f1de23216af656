import { beforeAll, expect, test } from "vitest";
import { failedFollowUps } from "#contracts/desk/follow-ups.ts";
import { merchantAttention, type RefundCasePage, refundCasePage, refundCaseRow } from "#contracts/desk/money.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { eventually } from "#tests/support/end-state.ts";
import { openMerchant } from "#tests/support/merchant.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { type Asked, ask, expectProblem, expectShape } from "../request.ts";
import { bookAndPay, mailTextsTo } from "./desk.ts";

const stage = prepareStage({ keepsPromises: true });

let clinic: Clinic;
let owner: (path: string, asked?: Asked) => ReturnType<typeof ask>;
beforeAll(async () => {
  clinic = await stage.openClinic();
  owner = await signedIn("owner");
});

async function signedIn(role: "owner" | "admin" | "staff"): Promise<typeof owner> {
  const { cookie } = await openMerchant(stage, { role, tenantId: clinic.tenantId });
  return (path, asked = {}) => ask(stage, `/api/${path}`, { ...asked, headers: { ...asked.headers, cookie } });
}

const listed = async (query = ""): Promise<RefundCasePage> => expectShape(refundCasePage, (await owner(`refund-cases${query}`)).body);

/** The provider's API refunds no parts, so that a person must. */
async function owePart(n: number): Promise<{ id: string; email: string; caseId: string }> {
  const booking = await bookAndPay(stage, clinic, n);
  const opened = await owner(`bookings/${booking.id}/refunds`, { json: { amountMinor: 1_000_000 * (n + 1), seenLeftMinor: 10_000_000 } });
  expect(opened.status).toBe(200);
  const caseId = await eventually(async () => {
    const { refundCases } = await listed();
    const found = refundCases.find(({ checkout, isByHand }) => checkout?.id === booking.id && isByHand);
    if (!found) throw new Error("no case waits for a person");
    return found.id;
  });
  return { ...booking, caseId };
}

test("what a person must send back is listed by deadline and page, with what the provider's panel needs", async () => {
  const [first, second] = [await owePart(0), await owePart(1)];
  await stage.owner.query("update refund_case set due_at = now() - interval '1 hour' where id = $1", [second.caseId]);
  const { refundCases, next } = await listed("?limit=1");
  expect(refundCases).toMatchObject([
    { id: second.caseId, state: "manual", isLate: true, isByHand: true, amountMinor: 2_000_000, checkout: { customerEmail: second.email } },
  ]);
  expect(refundCases[0]?.providerChargeId).not.toBe("");
  const rest = await listed(`?limit=1&cursor=${encodeURIComponent(next ?? "")}`);
  expect(rest).toMatchObject({ refundCases: [{ id: first.caseId, isLate: false }], next: null });
  expectProblem(await owner("refund-cases?cursor=x"), "invalid_request");
  await stage.owner.query("update refund_case set due_at = now() + interval '1 day' where id = $1", [second.caseId]);
  const attention = expectShape(merchantAttention, (await owner("attention")).body);
  expect(attention.items).toContainEqual(
    expect.objectContaining({ kind: "refund_case_manual", subject: { kind: "refund_case", id: first.caseId }, checkoutId: first.id }),
  );
  expect(attention.neither).toEqual([]);
});

test("a proof ends the case once, under whoever wrote it, and the customer hears of it", async () => {
  const { caseId, email } = await owePart(2);
  const prove = (proof: string, by = owner) => by(`refund-cases/${caseId}/proof`, { method: "PUT", json: { proof } });
  expectProblem(await prove("  "), "invalid_request");
  expectProblem(await prove("Transferencia 8841", await signedIn("staff")), "forbidden");
  const words = ["Transferencia 8841", "Transferencia 9952"];
  const answers = await Promise.all(words.map((proof) => prove(proof)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  const won = answers.findIndex(({ status }) => status === 200);
  const told = expectShape(refundCaseRow, answers[won]?.body);
  expect(told).toMatchObject({ state: "done", isByHand: false, proof: words[won] });
  // A repeat of the same words, as after a lost answer, is told the same.
  expect((await prove(words[won] ?? "")).body).toEqual(told);
  expectProblem(await owner(`refund-cases/${clinic.tenantId}/proof`, { method: "PUT", json: { proof: "8841" } }), "refund_case_unknown");
  expect((await listed("?view=done")).refundCases[0]).toMatchObject({ id: caseId });
  const { body } = await owner("events?kind=refund_case.done");
  expect(body).toMatchObject({ events: [{ actor: { kind: "member" } }] });
  await eventually(async () => expect((await mailTextsTo(stage, email)).join()).toMatch(/30[.,]000|30 000/));
});

test("an approved payment that became nothing is shown, once settling has had its time", async () => {
  const booking = await bookAndPay(stage, clinic, 3);
  const look = async () => expectShape(merchantAttention, (await owner("attention")).body).neither;
  const forget = (minutes: number) =>
    stage.owner.query(
      "update charge set outcome = null, created_at = now() - make_interval(mins => $2) where payment_id in (select id from payment where checkout_id = $1)",
      [booking.id, minutes],
    );
  await forget(1);
  expect(await look()).toEqual([]);
  await forget(6);
  expect(await look()).toMatchObject([{ amountMinor: 10_000_000, currency: "COP" }]);
  await stage.owner.query("update charge set outcome = 'booked' where payment_id in (select id from payment where checkout_id = $1)", [
    booking.id,
  ]);
});

test("what did not go out is listed, and runs again one by one or together, once each", async () => {
  const booking = await bookAndPay(stage, clinic, 4);
  const fail = () =>
    stage.owner.query(
      "update follow_up set state = 'attention', last_error = 'no answer', done_at = null, effect = null where subject_id = $1 and job like 'mail-%' returning id",
      [booking.id],
    );
  const failed = async () => expectShape(failedFollowUps, (await owner("follow-ups/failed")).body);
  const sent = async () => (await mailTextsTo(stage, booking.email)).length;
  const before = await sent();
  const { rows } = await fail();
  expect((await failed()).total).toBe(rows.length);
  expect((await failed()).followUps).toContainEqual(
    expect.objectContaining({ job: "mail-customer-paid", lastError: "no answer", checkoutId: booking.id }),
  );
  const run = (path: string) => owner(`follow-ups/${path}/run`, { method: "POST" });
  const id = (await failed()).followUps.find(({ job }) => job === "mail-customer-paid")?.id ?? "";
  const twice = await Promise.all([run(id), run(id)]);
  expect(twice.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  expectProblem(await run(clinic.tenantId), "follow_up_unknown");
  expect((await run("failed")).body).toEqual({ started: rows.length - 1 });
  expect((await run("failed")).body).toEqual({ started: 0 });
  await eventually(async () => {
    const { rows: open } = await stage.owner.query("select from follow_up where subject_id = $1 and state <> 'done'", [booking.id]);
    expect(open).toEqual([]);
  });
  // Under the same Message-ID: a mailbox shows it once.
  expect(await sent()).toBeGreaterThan(before);
});
