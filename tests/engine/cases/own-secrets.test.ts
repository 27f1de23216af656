import { expect, test } from "vitest";
import { updateConnection } from "#commands/connections/update-connection.ts";
import { runFollowUpAgain } from "#commands/follow-ups/run-again.ts";
import { system as caller } from "#contracts/caller.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import { post } from "#tests/support/post.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { callback, hurryFollowUps, settledAtOnce } from "../stories.ts";

const stage = prepareStage({ keepsPromises: true });

async function payOnline(clinic: Clinic, n: number) {
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(n), serviceId: clinic.onlineServiceId });
  await stage.pay(booking.checkoutUrl, "approve");
  return booking;
}

/** The simulated Daily knows one key: who has another is refused. */
async function giveRoomKey(clinic: Clinic, apiKey: string): Promise<void> {
  const { rows } = await stage.owner.query<{ id: string }>("select id from connection where tenant_id = $1 and kind = 'room'", [
    clinic.tenantId,
  ]);
  const input = { tenantId: clinic.tenantId, connectionId: rows[0]?.id ?? "", changes: { credentials: { apiKey } } };
  await updateConnection({ caller, input });
}

async function roomOf(bookingId: string) {
  const { rows } = await stage.owner.query<{ id: string; state: string }>(
    "select id, state from follow_up where subject_id = $1 and job = 'create-room'",
    [bookingId],
  );
  return rows[0];
}

test("the callbacks of two merchants, paid at once, are signed with each one's own secret and come to its own server", async () => {
  const clinics = await Promise.all([stage.openClinic(), stage.openClinic()]);
  const booked = await Promise.all(clinics.flatMap((clinic) => [0, 1].map(async (n) => ({ clinic, booking: await payOnline(clinic, n) }))));
  for (const { clinic, booking } of booked) {
    await settledAtOnce(stage, booking.id);
    expect((await stage.endState(clinic, booking.id)).callbacks).toEqual([callback("booking.paid", 1)]);
  }
  const [one, other] = clinics;
  // Each server checks with its own secrets: with the other's, nothing would be right.
  await post(`${stage.simulatorsUrl}/merchant/panel/servers`, { ...one.callback, ...secretsOf(other) });
  const last = await payOnline(one, 5);
  await settledAtOnce(stage, last.id);
  expect((await stage.endState(one, last.id)).callbacks).toMatchObject([{ firma: "wrong", standardWebhook: "wrong" }]);
});

const secretsOf = ({ callback: { hmacSecret, webhookSecret } }: Clinic) => ({ hmacSecret, webhookSecret });

test("two merchants' rooms are made with each one's own key: a refused key costs the other nothing, whoever connected last", async () => {
  const clinics = [await stage.openClinic(), await stage.openClinic(), await stage.openClinic()] as const;
  const [first, refused, last] = clinics;
  await giveRoomKey(refused, "a_key_that_daily_refuses");
  const bookings = await Promise.all(clinics.map((clinic) => payOnline(clinic, 0)));
  for (const booking of bookings) await settledAtOnce(stage, booking.id);
  const rooms = await Promise.all(bookings.map(({ id }) => roomOf(id)));
  expect(rooms.map((room) => room?.state)).toEqual(["done", "attention", "done"]);
  const urls = await Promise.all(bookings.map(async (booking) => (await stage.state(booking)).meetingUrl));
  expect(urls).toEqual([expect.stringContaining("?t="), null, expect.stringContaining("?t=")]);

  await giveRoomKey(last, "another_key_that_daily_refuses");
  await giveRoomKey(refused, "daily_demo_key");
  const item = { tenantId: refused.tenantId, followUpId: rooms[1]?.id ?? "" };
  expect(await runFollowUpAgain({ caller: { kind: "operator" }, input: item })).toBe(true);
  await eventually(async () => {
    await hurryFollowUps(stage, bookings[1]?.id ?? "");
    expect((await roomOf(bookings[1]?.id ?? ""))?.state).toBe("done");
  });
  const next = await payOnline(first, 4);
  await settledAtOnce(stage, next.id);
  expect((await roomOf(next.id))?.state).toBe("done");
  for (const booking of bookings) await settledAtOnce(stage, booking.id);
});
