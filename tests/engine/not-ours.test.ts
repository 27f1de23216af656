import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createConnection } from "#commands/connections/create-connection.ts";
import { system as caller } from "#contracts/caller.ts";
import { newConnection } from "#contracts/catalog.ts";
import { newReference } from "#platform/ids.ts";
import { attention } from "#queries/doctor.ts";
import { type Clinic, openClinic, post } from "../support/clinic.ts";
import { pay, reachPaymentPage, slotStart, state } from "../support/customer.ts";
import { endState, eventually } from "../support/end-state.ts";
import { startWorld, type World } from "../support/world.ts";
import {
  confirmed,
  halfAnHourPasses,
  hurryFollowUps,
  hurryPolls,
  inbox,
  noPromiseIsBroken,
  refundCases,
  settledAtOnce,
} from "./stories.ts";

/** A merchant's account at a provider may be older than their account here, and may serve more than us. */
let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(noPromiseIsBroken);
afterAll(() => world.stop());

const reaches = (clinic: Clinic, states: string[]) =>
  eventually(async () => expect((await inbox(world, clinic)).map((row) => row.state)).toEqual(states));

async function statusAtProvider(reference: string): Promise<string[]> {
  const answer = await fetch(`${world.simulatorsUrl}/wompi/state?reference=${reference}`);
  const { transactions } = (await answer.json()) as { transactions: { status: string }[] };
  return transactions.map(({ status }) => status);
}

const sale = (clinic: Clinic, reference: string) =>
  post(`${world.simulatorsUrl}/wompi/transactions/create`, { publicKey: clinic.merchant.publicKey, reference, amountInCents: 5_000_000 });

/** Another connection with these keys. From now on the account tells its events at the address of that one. */
async function secondConnection(clinic: Clinic, keys: Clinic["merchant"], tenantId = clinic.tenantId): Promise<void> {
  const { publicKey, privateKey, eventsSecret, integritySecret } = keys;
  const credentials = { publicKey, privateKey, eventsSecret, integritySecret };
  const wish = newConnection.parse({ kind: "payment", provider: "wompi", mode: "test", credentials });
  const { id } = await createConnection({ caller, input: { tenantId, ...wish } });
  const eventsUrl = `${world.appUrl}/api/webhooks/wompi/${id}`;
  await post(`${world.simulatorsUrl}/wompi/panel/merchants`, { name: "Second address", ...credentials, eventsUrl });
}

test.each(["ORDER-1001", "KF-7M2Q9X4C1V8B3N6Z5D0F", "kf-order-7"])(
  "the merchant's own sale %s on the same account is listed as not ours, and never touched",
  async (word) => {
    const clinic = await openClinic(world);
    const reference = `${word}-${clinic.link.slice(-4)}`;
    const before = (await attention()).notOurs;
    await sale(clinic, reference);
    await reaches(clinic, ["not_ours"]);
    await halfAnHourPasses(world, reference);
    await reaches(clinic, ["not_ours"]);
    expect(await refundCases(world, clinic)).toEqual([]);
    expect(await statusAtProvider(reference)).toEqual(["APPROVED"]);
    expect((await attention()).notOurs).toBe(before + 1);
  },
);

test("a foreign approval that only the event tells of waits half an hour, and is then not ours either", async () => {
  const clinic = await openClinic(world);
  const event = { publicKey: clinic.merchant.publicKey, reference: `SHOP-${clinic.link}`, amountInCents: 5_000_000 };
  await post(`${world.simulatorsUrl}/wompi/events/send`, event);
  await reaches(clinic, ["unmatched"]);
  await halfAnHourPasses(world, event.reference);
  await reaches(clinic, ["not_ours"]);
  expect(await refundCases(world, clinic)).toEqual([]);
});

test("a case that a signed event alone has opened is withdrawn, not sent, when the API tells a foreign reference", async () => {
  const clinic = await openClinic(world);
  const { publicKey } = clinic.merchant;
  const event = { publicKey, id: `12-1769351604-${clinic.link.slice(-5)}`, reference: newReference(), amountInCents: 5_000_000 };
  await post(`${world.simulatorsUrl}/wompi/events/send`, event);
  await reaches(clinic, ["unmatched"]);
  await halfAnHourPasses(world, event.reference);
  const [opened] = await refundCases(world, clinic);
  expect(opened).toMatchObject({ method: "manual", state: "open" });
  const foreign = `SHOP-${clinic.link}`;
  await post(`${world.simulatorsUrl}/wompi/transactions/create`, { ...event, reference: foreign, event: "never" });
  await eventually(async () => {
    await hurryFollowUps(world, opened?.id ?? "");
    expect(await refundCases(world, clinic)).toMatchObject([{ state: "done", proof: expect.stringContaining("not ours") }]);
  });
  expect(await statusAtProvider(foreign)).toEqual(["APPROVED"]);
});

test("two connections of one account: an event at the other one's address finds the payment, and nothing is sent back", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await secondConnection(clinic, clinic.merchant);
  await pay(world, booking.checkoutUrl, "approve");
  await eventually(async () => expect((await state(world, booking)).status).toBe("confirmed"));
  await settledAtOnce(world, booking.id);
  await reaches(clinic, ["settled"]);
  await halfAnHourPasses(world, booking.reference);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed());
  expect(await statusAtProvider(booking.reference)).toEqual(["APPROVED"]);
  const { rows } = await world.owner.query("select connection_id from charge where tenant_id = $1", [clinic.tenantId]);
  expect(rows).toEqual([{ connection_id: clinic.connectionId }]);
});

test("a forged event at the other connection's address changes nothing", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await secondConnection(clinic, clinic.merchant);
  const forged = { publicKey: clinic.merchant.publicKey, reference: booking.reference, amountInCents: 10_000_000, checksum: "wrong" };
  await post(`${world.simulatorsUrl}/wompi/events/send`, forged);
  expect(await inbox(world, clinic)).toEqual([]);
  expect(await state(world, booking)).toMatchObject({ status: "pending", paymentStatus: "pending" });
});

test("another account of the same merchant that has a sale under our reference never confirms: that sale goes back there", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  const word = `${clinic.link.slice(-6)}b`;
  const keys = {
    publicKey: `pub_test_${word}`,
    privateKey: `prv_test_${word}`,
    eventsSecret: `test_events_${word}`,
    integritySecret: `test_integrity_${word}`,
    eventsUrl: "",
  };
  await secondConnection(clinic, keys);
  await sale({ ...clinic, merchant: keys }, booking.reference);
  await reaches(clinic, ["unmatched"]);
  await hurryPolls(world, booking.id);
  expect(await state(world, booking)).toMatchObject({ status: "pending" });
  await halfAnHourPasses(world, booking.reference);
  expect((await inbox(world, clinic))[0]?.state).toBe("refund_case");
  expect(await refundCases(world, clinic)).toMatchObject([{ reason: "unmatched", bookingId: null, amount: 5_000_000 }]);
});

test("one account at two merchants: the event that comes to the wrong one is not theirs, their booking is confirmed, and nothing is sent back", async () => {
  const clinic = await openClinic(world);
  const neighbour = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await secondConnection(clinic, clinic.merchant, neighbour.tenantId);
  await pay(world, booking.checkoutUrl, "approve");
  await reaches(neighbour, ["not_ours"]);
  await halfAnHourPasses(world, booking.reference);
  expect(await refundCases(world, neighbour)).toEqual([]);
  // The wrong address has passed it on: nobody waits for the next poll.
  await eventually(async () => expect((await state(world, booking)).status).toBe("confirmed"));
  expect(await statusAtProvider(booking.reference)).toEqual(["APPROVED"]);
});
