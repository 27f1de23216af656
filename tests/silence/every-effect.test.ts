import { expect, test } from "vitest";
import { cancelCheckout } from "#commands/checkouts/cancel-checkout.ts";
import { expireCheckout } from "#commands/checkouts/expire-checkout.ts";
import { sweep } from "#commands/sweep.ts";
import { eventKinds, type FollowUpJob, followUps } from "#domain/follow-ups.ts";
import { followUpRegistry } from "#jobs/registry.ts";
import { foundIn } from "../engine/doctor/break-it.ts";
import type { Clinic } from "../support/clinic.ts";
import { slotStart } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import { prepareStage } from "../support/stage.ts";

const stage = prepareStage();

/** The product's own table: a new row of it is looked at without a change here. */
const effects = eventKinds.flatMap((kind) =>
  followUps[kind].map(({ job, when, isBeforeMoney = false }) => ({ kind, job, when: when ?? [], isBeforeMoney })),
);
/** And what notify-merchant plans for whoever has chosen it. */
const jobs = [...new Set([...effects.map(({ job }) => job), "mail-member-notice" as const])];
/** Who tried to pay in vain, and left, gets one mail; so does whom the merchant asks for money. */
const beforeMoney = effects.filter(({ isBeforeMoney }) => isBeforeMoney);
const broken = "a room, mail or callback exists for a checkout without money";

const bookOnline = (clinic: Clinic, n: number) =>
  stage.reachPaymentPage(clinic, { start: slotStart(n), serviceId: clinic.onlineServiceId });

/**
 * Of the named jobs, those that were written down or enqueued for this merchant. The queue takes the
 * key of a running job that is enqueued anew; its payload keeps the id.
 */
async function begun(clinic: Clinic): Promise<{ job: FollowUpJob; kind: string | null }[]> {
  const { rows } = await stage.owner.query<{ job: FollowUpJob; kind: string | null }>(
    `select f.job, e.kind from follow_up f join event e on e.tenant_id = f.tenant_id and e.id = f.event_id where f.tenant_id = $1
     union all
     select t.identifier, null from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where t.identifier = any ($2) and j.payload ->> 'tenantId' = $1::text
         and not exists (select from follow_up f where f.id::text = j.payload ->> 'followUpId')`,
    [clinic.tenantId, jobs],
  );
  return rows;
}

test("two mails are meant for people who have not paid; every other effect needs money", () => {
  expect(beforeMoney).toEqual([
    { kind: "booking.payment_link_mailed", job: "mail-customer-payment-link", when: [], isBeforeMoney: true },
    { kind: "booking.failed", job: "mail-customer-unpaid", when: ["may_have_left"], isBeforeMoney: true },
  ]);
  expect(jobs.toSorted()).toEqual(Object.keys(followUpRegistry).toSorted());
});

test("none of the jobs begins for a booking that ends unpaid, however it ends", async () => {
  const clinic = await stage.openClinic();
  await stage.hold(clinic, { start: slotStart(20) });
  const [left, declined, failed, cancelled, waiting] = await Promise.all([0, 4, 8, 12, 16].map((n) => bookOnline(clinic, n)));
  if (!left || !declined || !failed || !cancelled || !waiting) throw new Error("not all were booked");
  await stage.pay(left.checkoutUrl, "leave_unpaid");
  await stage.pay(declined.checkoutUrl, "decline");
  await stage.pay(failed.checkoutUrl, "error");
  await stage.pay(waiting.checkoutUrl, "pending", { method: "bank_transfer" });
  await stage.reaches(declined, { paymentStatus: "failed" });
  await cancelCheckout({ caller: { kind: "operator" }, input: { tenantId: clinic.tenantId, checkoutId: cancelled.id } });
  const pages = [left, declined, failed, waiting];
  for (const { id } of pages) await stage.timePasses(id, 41);
  for (const { id: checkoutId } of pages) await expireCheckout({ tenantId: clinic.tenantId, checkoutId });
  await sweep();
  await eventually(async () => {
    const states = await Promise.all([...pages, cancelled].map(async (booking) => (await stage.state(booking)).status));
    for (const status of states) expect(status).toMatch(/expired|failed|cancelled/);
  });
  const allowed = beforeMoney.map(({ kind, job }) => `${kind} ${job}`);
  // That a provider does not answer rings for the merchant, and tells nothing of the booking.
  const ofBookings = (await begun(clinic)).filter(({ kind }) => kind !== "attention.arose");
  for (const { kind, job } of ofBookings) expect(allowed).toContain(`${kind} ${job}`);
  for (const booking of [...pages, cancelled])
    expect(await stage.endState(clinic, booking.id)).toMatchObject({ rooms: 0, callbacks: [], refundCases: [] });
  expect(await foundIn(clinic)).toEqual([]);
});

test("the doctor sees every effect of the table that exists without money", async () => {
  const clinic = await stage.openClinic();
  const booking = await bookOnline(clinic, 0);
  expect(await foundIn(clinic)).toEqual([]);
  for (const { kind, job, isBeforeMoney } of effects) {
    await stage.owner.query(
      `with happened as (
         insert into event (tenant_id, id, subject_kind, subject_id, kind, actor, conditions)
         values ($1, gen_random_uuid(), 'checkout', $2, $3, 'system', '{}') returning id
       ) insert into follow_up (tenant_id, event_id, subject_id, job, state, last_error) select $1, id, $2, $4, 'skipped', 'x' from happened`,
      [clinic.tenantId, booking.id, kind, job],
    );
    const isMeant = isBeforeMoney || kind === "payment.facts_differ";
    expect((await foundIn(clinic)).includes(broken), `${job} of ${kind}`).toBe(!isMeant);
    await stage.owner.query("delete from follow_up where subject_id = $1", [booking.id]);
  }
});
