import { expect, test } from "vitest";
import type { Clinic } from "../support/clinic.ts";
import { slotStart } from "../support/customer.ts";
import { prepareStage } from "../support/stage.ts";
import { confirmed, mailsOfRace, minutesOfHold, sentBack, settledAtOnce, settleInbox, silence } from "./stories.ts";

const stage = prepareStage({ keepsPromises: true });

const open = () => stage.openClinic({ policy: "first_payer_wins" });
const bothMails = mailsOfRace("second", "first");

async function reachPage(clinic: Clinic, who: "first" | "second", slot = 0) {
  const answer = await stage.bookUnheld(clinic, { start: slotStart(slot), email: `${who}@${clinic.link}.example` });
  expect(answer.status).toBe(201);
  return answer.body;
}

test("two customers on the page for one slot: the first who pays gets it, the other's money goes back", async () => {
  const clinic = await open();
  const [first, second] = [await reachPage(clinic, "first"), await reachPage(clinic, "second")];
  expect(await stage.endState(clinic, first.id)).toEqual({
    booking: { status: "pending", paymentStatus: "pending" },
    payments: ["created"],
    claims: [],
    ...silence,
  });
  // Before anybody has closed the other's page, where that is possible.
  await stage.stopWorker();
  await stage.pay(second.checkoutUrl, "approve");
  await settleInbox(stage, clinic);
  await stage.pay(first.checkoutUrl, "approve");
  await stage.startWorker();
  await stage.reaches(second, { status: "confirmed" });
  await stage.reaches(first, { status: "cancelled", refund: { reason: "capacity_gone" } });
  await settledAtOnce(stage, first.id);
  await settledAtOnce(stage, second.id);
  expect(await stage.endState(clinic, second.id)).toEqual(confirmed({ mails: bothMails }));
  expect(await stage.endState(clinic, first.id)).toEqual(sentBack({ claims: [], mails: bothMails }));
  expect((await stage.bookUnheld(clinic, { start: slotStart(0) })).body.code).toBe("slot_taken");
});

test("two customers pay for one slot at the same moment: one booking, one refund", async () => {
  const clinic = await open();
  const [first, second] = [await reachPage(clinic, "first"), await reachPage(clinic, "second")];
  await Promise.all([first, second].map((booking) => stage.pay(booking.checkoutUrl, "approve")));
  await Promise.all([first, second].map((booking) => settledAtOnce(stage, booking.id)));
  const ends = await Promise.all([first, second].map((booking) => stage.endState(clinic, booking.id)));
  // Whoever comes second hears twice of the money.
  const loser = ends[0]?.booking.status === "cancelled" ? "first" : "second";
  const told = mailsOfRace(loser === "first" ? "second" : "first", loser);
  ends.sort((a, b) => a.booking.status.localeCompare(b.booking.status));
  expect(ends).toEqual([sentBack({ claims: [], mails: told }), confirmed({ mails: told })]);
});

test("an unpaid booking holds nothing, and expires in silence after its half hour", async () => {
  const clinic = await open();
  const booking = await reachPage(clinic, "first");
  await stage.timePasses(booking.id, 30 + minutesOfHold - 10);
  await stage.reaches(booking, { status: "expired" });
  expect(await stage.endState(clinic, booking.id)).toEqual({
    booking: { status: "expired", paymentStatus: "pending" },
    payments: ["expired"],
    claims: [],
    ...silence,
  });
});

test("a service under this policy takes no hold, and a service with holds takes no booking without one", async () => {
  const clinic = await open();
  expect((await stage.hold(clinic, { start: slotStart(0) })).body.code).toBe("slot_not_offered");
  const holding = await stage.openClinic();
  expect((await stage.bookUnheld(holding, { start: slotStart(0) })).body.code).toBe("hold_unknown");
});
