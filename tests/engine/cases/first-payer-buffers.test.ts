import { expect, test } from "vitest";
import type { Availability } from "#contracts/checkout.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { paysAt, slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import { testedProvider } from "#tests/support/payers/tested-provider.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { confirmed, mailsOfRace, sentBack, settledAtOnce, settleInbox } from "../stories.ts";

/** Half an hour with 20 minutes before and 40 after: a claim of slot n reaches into the slots n − 2 to n + 2, and no further. */
const buffers = { bufferBeforeMinutes: 20, bufferAfterMinutes: 40, policy: "first_payer_wins" } as const;
const reached = [-2, -1, 0, 1, 2];
const bothMails = mailsOfRace("second", "first");

const stage = prepareStage({ keepsPromises: true });

const onPage = (clinic: Clinic, n: number, who = "first") =>
  stage.bookUnheld(clinic, { start: slotStart(n), email: `${who}@${clinic.link}.example` });

async function paid(clinic: Clinic, n: number) {
  const { body: booking } = await onPage(clinic, n);
  await stage.pay(booking.checkoutUrl, "approve");
  await eventually(async () => expect(await stage.state(booking)).toMatchObject({ status: "confirmed" }));
  await settledAtOnce(stage, booking.id);
  return booking;
}

async function offered(clinic: Clinic): Promise<string[]> {
  const [from, to] = [slotStart(0).slice(0, 10), slotStart(40).slice(0, 10)];
  const query = new URLSearchParams({ link: clinic.link, service: clinic.serviceId, professional: clinic.professionalId, from, to });
  const { slots } = (await (await fetch(`${stage.appUrl}/api/availability?${query}`)).json()) as Availability;
  return slots.filter((slot) => slot.state === "free").map(({ start }) => start);
}

test("offer, start and claim use one span: what a paid slot's buffers reach is neither offered nor started, what lies beyond is both", async () => {
  const clinic = await stage.openClinic(buffers);
  await paid(clinic, 6);
  const free = await offered(clinic);
  for (const distance of reached) {
    expect(free, `${distance}`).not.toContain(slotStart(6 + distance));
    expect((await onPage(clinic, 6 + distance)).body.code, `${distance}`).toBe("slot_taken");
  }
  for (const distance of [-3, 3]) {
    expect(free).toContain(slotStart(6 + distance));
    expect((await onPage(clinic, 6 + distance)).status).toBe(201);
  }
});

test("two on their pages for slots whose buffers touch: the first payer gets it, the other's money goes back as gone", async () => {
  const clinic = await stage.openClinic(buffers);
  const { body: first } = await onPage(clinic, 2, "first");
  const { body: second } = await onPage(clinic, 4, "second");
  // Before anybody has closed the other's page, where that is possible.
  await stage.stopWorker();
  await stage.pay(second.checkoutUrl, "approve");
  await settleInbox(stage, clinic);
  await stage.pay(first.checkoutUrl, "approve");
  await stage.startWorker();
  await stage.reaches(second, { status: "confirmed" });
  await eventually(async () =>
    expect(await stage.state(first)).toMatchObject({ status: "cancelled", refund: { reason: "capacity_gone" } }),
  );
  await settledAtOnce(stage, first.id);
  await settledAtOnce(stage, second.id);
  expect(await stage.endState(clinic, second.id)).toEqual(confirmed({ mails: bothMails }));
  expect(await stage.endState(clinic, first.id)).toEqual(sentBack({ claims: [], mails: bothMails }));
});

test("another try to pay for what somebody else has paid meanwhile is refused before the payment page", async () => {
  const clinic = await stage.openClinic(buffers);
  const { body: first } = await onPage(clinic, 2);
  await paid(clinic, 4);
  const again = await stage.retry(first);
  expect([again.status, again.body.code]).toEqual([409, "slot_taken"]);
});

test("what somebody is about to pay is not sold beside it; one's own hold is let go and stands in nobody's way", async () => {
  const clinic = await stage.openClinic({ depositPercent: 60 });
  await stage.owner.query("update service set capacity_policy = 'first_payer_wins', buffer_before_minutes = 20 where id = $1", [
    clinic.depositServiceId,
  ]);
  const { body: held } = await stage.hold(clinic, { start: slotStart(0) });
  const beside = { link: clinic.link, serviceId: clinic.depositServiceId, professionalId: clinic.professionalId, start: slotStart(1) };
  const start = (session?: string) =>
    fetch(`${stage.appUrl}/api/bookings`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(session ? { "x-checkout-session": session } : {}) },
      body: JSON.stringify({
        ...beside,
        customer: { name: "Ana Pérez", email: "ana@example.com", phone: "300 123 4567" },
        acceptedTerms: true,
        ...paysAt(testedProvider.id),
      }),
    });
  expect((await start()).status).toBe(409);
  expect((await start(held.session)).status).toBe(201);
  const { rows } = await stage.owner.query("select state from slot_claim where id = $1", [held.id]);
  expect(rows).toEqual([{ state: "released" }]);
});
