import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { openClinic, post } from "../support/clinic.ts";
import { pay, reachPaymentPage, slotStart, state } from "../support/customer.ts";
import { endState, eventually } from "../support/end-state.ts";
import { startWorld, type World } from "../support/world.ts";
import { confirmed, hurryFollowUps, noPromiseIsBroken, paidFollowUps, settledAtOnce } from "./stories.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => mail({ reset: "on" }));
afterEach(noPromiseIsBroken);
afterAll(() => world.stop());

const mail = (knobs: object) => post(`${world.simulatorsUrl}/mail/panel/knobs`, knobs);

test.each([{ down: "on" }, { failNext: 1000 }])(
  "the mail server refuses (%o): the booking is confirmed all the same; when it is back each mail goes out once",
  async (knobs) => {
    await mail(knobs);
    const clinic = await openClinic(world);
    const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
    await pay(world, booking.checkoutUrl, "approve");
    await eventually(async () => expect((await state(world, booking)).status).toBe("confirmed"));
    await eventually(async () => {
      const { rows } = await world.owner.query(
        "select job from follow_up where subject_id = $1 and job like 'mail-%' and attempts > 0 and state = 'pending'",
        [booking.id],
      );
      expect(rows).toHaveLength(3);
    });
    expect((await endState(world, clinic, booking.id)).mails).toEqual([]);
    await mail({ reset: "on" });
    await settledAtOnce(world, booking.id);
    expect(await endState(world, clinic, booking.id)).toEqual(confirmed());
  },
);

test("a mail server that never comes back leaves attention items; the booking stays confirmed", async () => {
  await mail({ failNext: 1000 });
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await pay(world, booking.checkoutUrl, "approve");
  await settledAtOnce(world, booking.id);
  const asked = { "booking.paid mail-customer-paid": "attention", "booking.paid mail-professional-paid": "attention" };
  const followUps = { ...paidFollowUps, ...asked, "booking.paid mail-merchant-paid": "attention" };
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed({ followUps, mails: [] }));
});

test("a mail that was taken but whose answer was lost is sent again under the same Message-ID", async () => {
  const clinic = await openClinic(world);
  await mail({ acceptThenDrop: 1 });
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await pay(world, booking.checkoutUrl, "approve");
  await eventually(async () => {
    await hurryFollowUps(world, booking.id);
    expect((await endState(world, clinic, booking.id)).followUps).toEqual(paidFollowUps);
  });
  const { mails } = (await (await fetch(`${world.simulatorsUrl}/mail/state`)).json()) as { mails: { to: string[]; messageId: string }[] };
  const own = mails.filter((one) => one.to.some((address) => address.endsWith(`@${clinic.link}.example`)));
  expect(own).toHaveLength(4);
  expect(new Set(own.map((one) => one.messageId)).size).toBe(3);
});
