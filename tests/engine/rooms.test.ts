import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { runFollowUpAgain } from "../../src/commands/follow-ups/run-again.ts";
import { openClinic, post } from "../support/clinic.ts";
import { pay, reachPaymentPage, slotStart, state } from "../support/customer.ts";
import { endState, eventually, settled } from "../support/end-state.ts";
import { startWorld, type World } from "../support/world.ts";
import { confirmed, hurryFollowUps, noPromiseIsBroken, paidFollowUps, settledAtOnce } from "./stories.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => daily({ reset: "on" }));
afterEach(noPromiseIsBroken);
afterAll(() => world.stop());

const daily = (knobs: object) => post(`${world.simulatorsUrl}/daily/panel/knobs`, knobs);
const online = confirmed({ followUps: { "booking.paid create-room": "done", ...paidFollowUps }, rooms: 1 });

async function payForOnline() {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0), serviceId: clinic.onlineServiceId });
  await pay(world, booking.checkoutUrl, "approve");
  return { clinic, booking };
}

async function roomCounts(): Promise<unknown> {
  const { counts } = (await (await fetch(`${world.simulatorsUrl}/daily/state`)).json()) as { counts: Record<string, unknown> };
  return Object.values(counts).at(-1);
}

test.each(["500", "503", "429"])(
  "Daily answers %s to some tries: mails and callback wait for the room, which comes once",
  async (failStatus) => {
    await daily({ failNext: 2, failStatus });
    const { clinic, booking } = await payForOnline();
    await settledAtOnce(world, booking.id);
    expect(await endState(world, clinic, booking.id)).toEqual(online);
    const { meetingUrl } = await state(world, booking);
    expect(meetingUrl).toContain("?t=");
    expect(await mailText(clinic.link)).toContain("/daily/room/bk-");
  },
);

async function mailText(link: string): Promise<string> {
  const answer = await fetch(`${world.simulatorsUrl}/mail/state?to=customer@${link}.example`);
  const { mails } = (await answer.json()) as { mails: { text: string; html: string }[] };
  return `${mails[0]?.text ?? ""}${mails[0]?.html ?? ""}`;
}

test("Daily makes the room but its answer is lost: the next try finds that room, and there is one", async () => {
  await daily({ failAfterEffect: 1 });
  const { clinic, booking } = await payForOnline();
  await settledAtOnce(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(online);
  expect(await roomCounts()).toMatchObject({ created: 1 });
});

test("Daily never answers: mails and callback go ahead, the room becomes an attention item, and 'run again' mends it", async () => {
  await daily({ failNext: 1000, failStatus: "503" });
  const { clinic, booking } = await payForOnline();
  await eventually(async () => {
    await hurryFollowUps(world, booking.id);
    expect((await endState(world, clinic, booking.id)).followUps["booking.paid create-room"]).toBe("attention");
  });
  await settledAtOnce(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(
    confirmed({
      booking: { status: "paid", paymentStatus: "paid" },
      followUps: { "booking.paid create-room": "attention", ...paidFollowUps },
    }),
  );
  expect((await state(world, booking)).meetingUrl).toBeNull();

  await daily({ reset: "on" });
  const { rows } = await world.owner.query<{ id: string; lastError: string }>(
    `select id, last_error as "lastError" from follow_up where subject_id = $1 and state = 'attention'`,
    [booking.id],
  );
  expect(rows[0]?.lastError).toContain("503");
  const item = { tenantId: clinic.tenantId, followUpId: rows[0]?.id ?? "" };
  expect(await runFollowUpAgain(item)).toBe(true);
  await eventually(async () => expect((await state(world, booking)).status).toBe("confirmed"));
  await settled(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(online);
  expect((await state(world, booking)).meetingUrl).toContain("?t=");
  expect(await runFollowUpAgain(item)).toBe(false);
});

test("the mails go ahead after a minute of failures, while the room is still tried", async () => {
  await daily({ failNext: 5, failStatus: "500" });
  const { clinic, booking } = await payForOnline();
  await eventually(async () => {
    await hurryFollowUps(world, booking.id);
    expect((await endState(world, clinic, booking.id)).followUps).toMatchObject(paidFollowUps);
  });
  await settledAtOnce(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(online);
});
