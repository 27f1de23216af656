import { expect, test } from "vitest";
import { sweep } from "#commands/sweep.ts";
import { slotStart } from "#tests/support/customer.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { confirmed, settledAtOnce, settleInbox } from "../stories.ts";

const stage = prepareStage();

const ofBooking = "key in (select id::text from follow_up where subject_id = $1)";

async function jobsOf(bookingId: string): Promise<string[]> {
  const { rows } = await stage.owner.query<{ task: string }>(
    `select task_identifier as task from graphile_worker.jobs where ${ofBooking} order by 1`,
    [bookingId],
  );
  return rows.map(({ task }) => task);
}

/** Paid, with no worker, and the queue has lost its jobs, as after a restore of a backup. */
async function paidWithoutJobs() {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.stopWorker();
  await stage.pay(booking.checkoutUrl, "approve_without_return");
  await settleInbox(stage, clinic);
  const jobs = await jobsOf(booking.id);
  await stage.owner.query(`delete from graphile_worker._private_jobs where ${ofBooking}`, [booking.id]);
  return { clinic, booking, jobs };
}

test("follow-ups whose jobs were lost get new ones after ten minutes, once, and everybody is told once", async () => {
  const { clinic, booking, jobs } = await paidWithoutJobs();
  expect(jobs).toEqual(["deliver-callback", "mail-customer-paid", "mail-merchant-paid", "mail-professional-paid", "notify-merchant"]);
  await sweep();
  expect(await jobsOf(booking.id)).toEqual([]);
  await stage.owner.query("update follow_up set run_at = now() - interval '11 minutes' where subject_id = $1", [booking.id]);
  expect((await sweep()).revivedFollowUps).toBe(jobs.length);
  // The next one comes while the new jobs may be running.
  expect((await sweep()).revivedFollowUps).toBe(0);
  expect(await jobsOf(booking.id)).toEqual(jobs);
  await stage.startWorker();
  await stage.reaches(booking, { status: "confirmed" });
  await settledAtOnce(stage, booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
  expect((await sweep()).revivedFollowUps).toBe(0);
});

test("a follow-up that is done, skipped or waits for a person is not revived, however old", async () => {
  const { booking } = await paidWithoutJobs();
  await stage.owner.query(
    `update follow_up set run_at = now() - interval '1 year', last_error = 'x',
       state = case when job = 'deliver-callback' then 'attention' when job = 'notify-merchant' then 'skipped' else 'done' end
     where subject_id = $1`,
    [booking.id],
  );
  expect((await sweep()).revivedFollowUps).toBe(0);
  expect(await jobsOf(booking.id)).toEqual([]);
  await stage.startWorker();
});
