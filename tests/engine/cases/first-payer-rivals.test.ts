import { afterAll, expect, test } from "vitest";
import { createConnection } from "#commands/connections/create-connection.ts";
import { system as caller } from "#contracts/caller.ts";
import { newConnection } from "#contracts/catalog.ts";
import type { Availability } from "#contracts/checkout.ts";
import { metrics } from "#platform/metrics.ts";
import { paymentProviders } from "#providers/payments/registry.ts";
import { listPayments } from "#queries/ledger/payments-list.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import { newService, pretendProvider } from "#tests/support/pretend-provider.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { withOpenPagesAndLookup } from "../capabilities/playable.ts";
import { mailsTo } from "../mails/seen.ts";
import { halfAnHourPasses, inbox, minutesOfHold, refundCases, refundOfCard, settledAtOnce, settleInbox } from "../stories.ts";

/** Those who are still on the payment page when somebody else has paid, and the one who paid too late. */
const stage = prepareStage({ keepsPromises: true });
const service = newService();
afterAll(() => {
  delete paymentProviders["pretend"];
});

const open = () => stage.openClinic({ policy: "first_payer_wins" });

async function reachPage(clinic: Clinic, who: string, wish: { slot?: number; provider?: string } = {}) {
  const { slot = 0, provider } = wish;
  const email = `${who}@${clinic.link}.example`;
  const answer = await stage.bookUnheld(clinic, { start: slotStart(slot), email, ...(provider && { provider }) });
  expect(answer.status).toBe(201);
  return answer.body;
}

async function isOffered(clinic: Clinic): Promise<boolean> {
  const query = new URLSearchParams({ link: clinic.link, service: clinic.serviceId, professional: clinic.professionalId });
  const { slots } = (await (await fetch(`${stage.appUrl}/api/availability?${query}`)).json()) as Availability;
  return slots.some(({ start, state }) => start === slotStart(0) && state === "free");
}

test("a slot stays free for everybody until money is approved; then the page of each other customer is closed at its provider, and says so here", async () => {
  paymentProviders["pretend"] = pretendProvider(service, { canCloseEarly: true });
  const clinic = await open();
  const wish = newConnection.parse({ kind: "payment", provider: "pretend", mode: "test", credentials: {} });
  await createConnection({ caller, input: { tenantId: clinic.tenantId, ...wish } });
  const winner = await reachPage(clinic, "first");
  const rival = await reachPage(clinic, "second", { provider: "pretend" });
  const elsewhere = await reachPage(clinic, "third", { provider: "pretend", slot: 1 });
  expect(await isOffered(clinic)).toBe(true);
  expect(await stage.state(rival)).toMatchObject({ status: "pending", capacityPolicy: "first_payer_wins", isSlotGone: false });

  await stage.pay(winner.checkoutUrl, "approve");
  await stage.reaches(winner, { status: "confirmed", isSlotGone: false });
  expect(await isOffered(clinic)).toBe(false);
  expect(await stage.state(rival)).toMatchObject({ status: "pending", isSlotGone: true });
  await eventually(async () => expect(service.asked).toContain(`close session-${rival.reference}`));
  expect((await stage.retry(rival)).body.code).toBe("slot_taken");
  await eventually(async () => expect(await jobsOf(winner)).toBe(0));
  expect(await stage.state(elsewhere)).toMatchObject({ status: "pending", isSlotGone: false });
  expect(await isClosing(rival)).toBe(true);
  expect(await isClosing(elsewhere)).toBe(false);
});

async function jobsOf({ id }: { id: string }): Promise<number> {
  const { rows } = await stage.owner.query("select from graphile_worker._private_jobs where key = $1", [`rivals-${id}`]);
  return rows.length;
}

async function isClosing({ id }: { id: string }): Promise<boolean> {
  const { rows } = await stage.owner.query("select from payment where checkout_id = $1 and close_wanted_at is not null", [id]);
  return rows.length > 0;
}

test("whoever pays for what is gone is told at once and by mail: that the money goes back, the case's number, and the next free times", async () => {
  const clinic = await open();
  const [winner, loser] = [await reachPage(clinic, "first"), await reachPage(clinic, "customer")];
  const before = await lost();
  // Before anybody has closed the other's page, where that is possible.
  await stage.stopWorker();
  await stage.pay(winner.checkoutUrl, "approve");
  await settleInbox(stage, clinic);
  await stage.pay(loser.checkoutUrl, "approve");
  await stage.startWorker();
  await stage.reaches(winner, { status: "confirmed" });
  await stage.reaches(loser, { status: "cancelled", refund: { reason: "capacity_gone" } });
  expect(await lost()).toBe(before + 1);
  await settledAtOnce(stage, loser.id);
  const { refund } = await stage.state(loser);
  expect(refund).toMatchObject({ state: refundOfCard.state, number: expect.stringMatching(/^\d{3}-\d{3}-\d{3}$/) });

  const { tenantId } = clinic;
  for (const search of [refund?.number ?? "", refund?.number.replaceAll("-", " ") ?? ""]) {
    const { payments } = await listPayments({ tenantId, filters: { search }, feeOf: () => null, limit: 5 });
    expect(payments).toMatchObject([{ reference: loser.reference }]);
  }

  const [opened, done] = await mailsTo(stage, clinic, "customer");
  expect(done !== undefined).toBe(refundOfCard.state === "done");
  expect(opened?.subject).toContain("Este horario ya fue tomado");
  for (const mail of done ? [opened, done] : [opened]) expect(mail?.text).toContain(refund?.number);
  const links = [...(opened?.html ?? "").matchAll(/href="([^"]+\/details\?[^"]+)"/g)].map(
    ([, url]) => new URL(url?.replaceAll("&amp;", "&") ?? ""),
  );
  expect(links).toHaveLength(3);
  for (const { pathname, searchParams } of links) {
    expect(pathname).toBe(`/book/${clinic.link}/details`);
    expect(searchParams.get("start")).not.toBe(slotStart(0));
    expect([searchParams.get("again"), searchParams.get("token")]).toEqual([loser.id, loser.token]);
  }
});

async function lost(): Promise<number> {
  return (await metrics().lostRaces.get()).values.reduce((sum, { value }) => sum + value, 0);
}

withOpenPagesAndLookup.story(
  "an unpaid booking is gone half an hour after it was made; money that comes later finds its refund case",
  async () => {
    const clinic = await open();
    const booking = await reachPage(clinic, "first");
    await stage.timePasses(booking.id, 30 + minutesOfHold - 10);
    await stage.reaches(booking, { status: "expired" });
    const headers = { authorization: "Bearer cron-secret-of-the-tests" };
    await eventually(async () => {
      await fetch(`${stage.appUrl}/api/cron/cleanup-unpaid`, { headers });
      expect((await stage.endState(clinic, booking.id)).booking.status).toBe("gone");
    });
    await stage.pay(booking.checkoutUrl, "approve", { afterEnd: true });
    await eventually(async () => expect(await inbox(stage, clinic)).toMatchObject([{ state: "unmatched" }]));
    await halfAnHourPasses(stage, booking.reference);
    await eventually(async () => expect(await refundCases(stage, clinic)).toMatchObject([{ reason: "unmatched" }]));
  },
);
