import { expect, test } from "vitest";
import { openFollowUps } from "#contracts/desk/follow-ups.ts";
import { prepareStage } from "../../support/stage.ts";
import { bookAndPay } from "../desk/desk.ts";
import { merchantKey } from "../merchant-key.ts";
import { ask, expectShape } from "../request.ts";

const stage = prepareStage({ keepsPromises: false });

test("what is tried again and what waits for it are listed, the next try first, and nobody else's", async () => {
  const clinic = await stage.openClinic();
  const booking = await bookAndPay(stage, clinic, 0);
  const headers = await merchantKey(stage, clinic.tenantId, ["payments.read"]);
  const list = async (by = headers) =>
    expectShape(openFollowUps, (await ask(stage, "/api/follow-ups/open", { headers: by })).body).followUps;
  expect(await list()).toEqual([]);
  const set = (job: string, state: string, waitsFor: string | null = null) =>
    stage.owner.query(
      `update follow_up set state = $3, waits_for = $4, attempts = 2, last_error = 'no answer', done_at = null, effect = null,
       run_at = now() + interval '1 hour' where subject_id = $1 and job = $2`,
      [booking.id, job, state, waitsFor],
    );
  await set("mail-customer-paid", "pending");
  await set("mail-merchant-paid", "waiting", "mail-customer-paid");
  expect(await list()).toMatchObject([
    { job: "mail-customer-paid", state: "pending", attempts: 2, lastError: "no answer", waitsFor: null, checkoutId: booking.id },
    { job: "mail-merchant-paid", state: "waiting", waitsFor: "mail-customer-paid", nextAt: null },
  ]);
  expect(await list(await merchantKey(stage, (await stage.openClinic()).tenantId))).toEqual([]);
});
