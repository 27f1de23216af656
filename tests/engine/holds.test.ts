import { expect, test } from "vitest";
import { customerOfTests, slotStart } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import { prepareStage } from "../support/stage.ts";
import { confirmed, settledAtOnce, silence } from "./stories.ts";

const stage = prepareStage({ keepsPromises: true });

async function claimsOf(tenantId: string): Promise<string[]> {
  const { rows } = await stage.owner.query<{ state: string }>(
    "select state from slot_claim where tenant_id = $1 order by starts_at, created_at",
    [tenantId],
  );
  return rows.map((row) => row.state);
}

test("one's own hold never blocks oneself: the same slot again is the same hold, with the same end", async () => {
  const clinic = await stage.openClinic();
  const first = (await stage.hold(clinic, { start: slotStart(0) })).body;
  const again = await stage.hold(clinic, { start: slotStart(0), session: first.session });
  expect(again).toMatchObject({ status: 201, body: { id: first.id, expiresAt: first.expiresAt } });
  expect(await claimsOf(clinic.tenantId)).toEqual(["held"]);
});

test("another service or professional at the same time replaces one's own hold", async () => {
  const clinic = await stage.openClinic();
  const { session } = (await stage.hold(clinic, { start: slotStart(0) })).body;
  expect((await stage.hold(clinic, { start: slotStart(0), session, serviceId: clinic.onlineServiceId })).status).toBe(201);
  expect((await stage.hold(clinic, { start: slotStart(0), session, professionalId: clinic.otherProfessionalId })).status).toBe(201);
  expect(await claimsOf(clinic.tenantId)).toEqual(["released", "released", "held"]);
});

test("picking another slot lets the first one go for others", async () => {
  const clinic = await stage.openClinic();
  const { session } = (await stage.hold(clinic, { start: slotStart(0) })).body;
  expect((await stage.hold(clinic, { start: slotStart(0) })).body.code).toBe("slot_taken");
  expect((await stage.hold(clinic, { start: slotStart(1), session })).status).toBe(201);
  expect((await stage.hold(clinic, { start: slotStart(0) })).status).toBe(201);
});

test("a refused re-pick keeps the slot that one had, and it can be paid", async () => {
  const clinic = await stage.openClinic();
  const mine = (await stage.hold(clinic, { start: slotStart(0) })).body;
  await stage.hold(clinic, { start: slotStart(1) });
  expect((await stage.hold(clinic, { start: slotStart(1), session: mine.session })).body.code).toBe("slot_taken");
  expect((await stage.hold(clinic, { start: slotStart(0) })).body.code).toBe("slot_taken");
  const customer = { ...customerOfTests, email: `customer@${clinic.link}.example` };
  const booking = (await stage.book(clinic, { holdId: mine.id, session: mine.session, customer })).body;
  await stage.pay(booking.checkoutUrl, "approve");
  await stage.reaches(booking, { status: "confirmed" });
  await settledAtOnce(stage, booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
});

test("a hold belongs to its session: nobody else can book it or let it go, and a paid-for page cannot be let go", async () => {
  const clinic = await stage.openClinic();
  const mine = (await stage.hold(clinic, { start: slotStart(0) })).body;
  const other = (await stage.hold(clinic, { start: slotStart(1) })).body;
  expect((await stage.book(clinic, { holdId: mine.id, session: other.session })).body.code).toBe("hold_unknown");
  const letGo = (session: string) =>
    fetch(`${stage.appUrl}/api/holds/${mine.id}`, { method: "DELETE", headers: { "x-checkout-session": session } });
  expect((await letGo(other.session)).status).toBe(404);
  await stage.book(clinic, { holdId: mine.id, session: mine.session });
  expect((await letGo(mine.session)).status).toBe(409);
  expect(await claimsOf(clinic.tenantId)).toEqual(["paying", "held"]);
});

test("a hold that has ended cannot become a booking", async () => {
  const clinic = await stage.openClinic();
  const held = (await stage.hold(clinic, { start: slotStart(0) })).body;
  await stage.owner.query("update slot_claim set expires_at = now() - interval '1 second' where id = $1", [held.id]);
  expect((await stage.book(clinic, { holdId: held.id, session: held.session })).body.code).toBe("hold_expired");
  const { rows } = await stage.owner.query("select id from checkout where tenant_id = $1", [clinic.tenantId]);
  expect(rows).toEqual([]);
});

test("a hold that meets a lapsed claim at the moment it is tidied up gets the slot", async () => {
  const clinic = await stage.openClinic();
  const first = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.stopWorker();
  await stage.timePasses(first.id, 41);
  const sweeper = await stage.owner.connect();
  await sweeper.query("begin");
  await sweeper.query("select id from slot_claim where checkout_id = $1 for update", [first.id]);
  const second = stage.hold(clinic, { start: slotStart(0) });
  await eventually(async () => {
    const waiting = "select count(*)::int as count from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
    expect((await stage.owner.query(waiting)).rows).toEqual([{ count: 1 }]);
  });
  await sweeper.query("update slot_claim set state = 'expired' where checkout_id = $1", [first.id]);
  await sweeper.query("commit");
  sweeper.release();
  await stage.startWorker();
  expect((await second).status).toBe(201);
});

test("Idempotency-Key: the same request gets the same answer, twice and at the same moment; another request is refused", async () => {
  const clinic = await stage.openClinic();
  const held = (await stage.hold(clinic, { start: slotStart(0) })).body;
  const customer = { ...customerOfTests, email: `customer@${clinic.link}.example` };
  const wish = { holdId: held.id, session: held.session, key: "key-1", customer };
  const answers = await Promise.all([1, 2, 3, 4].map(() => stage.book(clinic, wish)));
  const again = await stage.book(clinic, wish);
  expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201, 201]);
  for (const { body } of answers) expect(body).toEqual(again.body);
  const changed = await stage.book(clinic, { ...wish, customer: { ...customer, name: "Otra Persona" } });
  expect(changed).toMatchObject({ status: 422, body: { code: "idempotency_key_reused" } });
  expect(await stage.endState(clinic, again.body.id)).toEqual({
    booking: { status: "pending", paymentStatus: "pending" },
    payments: ["created"],
    claims: ["paying"],
    ...silence,
  });
});

test("Idempotency-Key: a refusal is not kept, and one customer's key is not another's", async () => {
  const clinic = await stage.openClinic();
  const held = (await stage.hold(clinic, { start: slotStart(0) })).body;
  const wrong = { holdId: held.id, session: held.session, key: "key-2", customer: { ...customerOfTests, phone: "12345" } };
  expect((await stage.book(clinic, wrong)).body.code).toBe("phone_invalid");
  expect((await stage.book(clinic, { ...wrong, customer: customerOfTests })).status).toBe(201);
  const other = (await stage.hold(clinic, { start: slotStart(1) })).body;
  expect((await stage.book(clinic, { holdId: other.id, session: other.session, key: "key-2" })).status).toBe(201);
});
