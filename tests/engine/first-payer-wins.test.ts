import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Clinic, openClinic } from "../support/clinic.ts";
import { bookUnheld, hold, pay, slotStart, state } from "../support/customer.ts";
import { endState, eventually, timePasses } from "../support/end-state.ts";
import { startWorld, type World } from "../support/world.ts";
import { confirmed, noPromiseIsBroken, sentBack, settledAtOnce, silence } from "./stories.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(noPromiseIsBroken);
afterAll(() => world.stop());

const open = () => openClinic(world, { policy: "first_payer_wins" });
const bothMails = ["first", "first", "merchant", "merchant", "professional", "second"];

async function reachPage(clinic: Clinic, who: "first" | "second", slot = 0) {
  const answer = await bookUnheld(world, clinic, { start: slotStart(slot), email: `${who}@${clinic.link}.example` });
  expect(answer.status).toBe(201);
  return answer.body;
}

const reaches = (booking: { id: string; token: string }, wanted: object) =>
  eventually(async () => expect(await state(world, booking)).toMatchObject(wanted));

test("two customers on the page for one slot: the first who pays gets it, the other's money goes back", async () => {
  const clinic = await open();
  const [first, second] = [await reachPage(clinic, "first"), await reachPage(clinic, "second")];
  expect(await endState(world, clinic, first.id)).toEqual({
    booking: { status: "pending", paymentStatus: "pending" },
    payments: ["created"],
    claims: [],
    ...silence,
  });
  await pay(world, second.checkoutUrl, "approve");
  await reaches(second, { status: "confirmed" });
  await pay(world, first.checkoutUrl, "approve");
  await reaches(first, { status: "cancelled", refund: { reason: "capacity_gone" } });
  await settledAtOnce(world, first.id);
  await settledAtOnce(world, second.id);
  expect(await endState(world, clinic, second.id)).toEqual(confirmed({ mails: bothMails }));
  expect(await endState(world, clinic, first.id)).toEqual(sentBack({ claims: [], mails: bothMails }));
  expect((await bookUnheld(world, clinic, { start: slotStart(0) })).body.code).toBe("slot_taken");
});

test("two customers pay for one slot at the same moment: one booking, one refund", async () => {
  const clinic = await open();
  const [first, second] = [await reachPage(clinic, "first"), await reachPage(clinic, "second")];
  await Promise.all([first, second].map((booking) => pay(world, booking.checkoutUrl, "approve")));
  await Promise.all([first, second].map((booking) => settledAtOnce(world, booking.id)));
  const ends = await Promise.all([first, second].map((booking) => endState(world, clinic, booking.id)));
  ends.sort((a, b) => a.booking.status.localeCompare(b.booking.status));
  expect(ends).toEqual([sentBack({ claims: [], mails: bothMails }), confirmed({ mails: bothMails })]);
});

test("an unpaid booking holds nothing, and expires in silence after its half hour", async () => {
  const clinic = await open();
  const booking = await reachPage(clinic, "first");
  await timePasses(world, booking.id, 33);
  await reaches(booking, { status: "expired" });
  expect(await endState(world, clinic, booking.id)).toEqual({
    booking: { status: "expired", paymentStatus: "pending" },
    payments: ["expired"],
    claims: [],
    ...silence,
  });
});

test("a service under this policy takes no hold, and a service with holds takes no booking without one", async () => {
  const clinic = await open();
  expect((await hold(world, clinic, { start: slotStart(0) })).body.code).toBe("slot_not_offered");
  const holding = await openClinic(world);
  expect((await bookUnheld(world, holding, { start: slotStart(0) })).body.code).toBe("hold_unknown");
});
