import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createConnection } from "#commands/connections/create-connection.ts";
import { settleFacts } from "#commands/settlement/settle.ts";
import { system as caller } from "#contracts/caller.ts";
import { newConnection } from "#contracts/catalog.ts";
import { newReference } from "#platform/ids.ts";
import { countNotOurs } from "#queries/attention.ts";
import { withPanelAndLookup, withProofToAskAbout, withSharedAddress } from "#tests/engine/capabilities/playable.ts";
import {
  confirmed,
  facts,
  halfAnHourPasses,
  hurryFollowUps,
  hurryInbox,
  hurryPolls,
  inbox,
  losePolls,
  refundCases,
  settledAtOnce,
} from "#tests/engine/stories.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import type { Account } from "#tests/support/payers/payer.ts";
import { testedProvider } from "#tests/support/payers/tested-provider.ts";
import { prepareStage } from "#tests/support/stage.ts";

/** A merchant's account at a provider may be older than their account here, and may serve more than us. */
const stage = prepareStage({ keepsPromises: true });

const reaches = (clinic: Clinic, states: string[]) =>
  eventually(async () => expect((await inbox(stage, clinic)).map((row) => row.state)).toEqual(states));

async function statesAtProvider(account: Account, reference: string): Promise<string[]> {
  const charges = await stage.payer.charges(account);
  return charges.filter((charge) => charge.reference === reference).map(({ state }) => state);
}

test("what another connection tells under our reference settles nothing of this one", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  const { reference } = booking;
  const told = { reference, providerChargeId: testedProvider.newChargeId(), state: "approved", providerStatus: "approved" } as const;
  const fact = { ...told, amountMinor: 10_000_000, currency: "COP", method: null, finalizedAt: null };
  const elsewhere = { tenantId: clinic.tenantId, connectionId: randomUUID(), reference };
  expect(await settleFacts(elsewhere, [fact])).toMatchObject({ matched: false });
  expect(await stage.state(booking)).toMatchObject({ status: "pending", paymentStatus: "pending" });
});

const sale = (account: Account, reference: string) => stage.payer.charge(account, { reference, amountMinor: 5_000_000 });

/** Another connection to this account, which from now on tells its events at that one's address. */
async function secondConnection(tenantId: string, account: Account): Promise<void> {
  const { credentials } = account;
  const wish = newConnection.parse({ kind: "payment", provider: testedProvider.id, mode: "test", credentials });
  const { id } = await createConnection({ caller, input: { tenantId, ...wish } });
  await stage.payer.moveWebhooks(account, `${stage.appUrl}/api/webhooks/${testedProvider.id}/${id}`);
}

test.each(["ORDER-1001", "KF-7M2Q9X4C1V8B3N6Z5D0F", "kf-order-7"])(
  "the merchant's own sale %s on the same account is listed as not ours, and never touched",
  async (word) => {
    const clinic = await stage.openClinic();
    const reference = `${word}-${clinic.link.slice(-4)}`;
    const before = await countNotOurs();
    await sale(clinic.account, reference);
    await reaches(clinic, ["not_ours"]);
    await halfAnHourPasses(stage, reference);
    await reaches(clinic, ["not_ours"]);
    expect(await refundCases(stage, clinic)).toEqual([]);
    expect(await statesAtProvider(clinic.account, reference)).toEqual(["approved"]);
    expect(await countNotOurs()).toBe(before + 1);
  },
);

withProofToAskAbout.story("a foreign approval that only the event tells of waits half an hour, and is then not ours either", async () => {
  const clinic = await stage.openClinic();
  const event = { reference: `SHOP-${clinic.link}`, amountMinor: 5_000_000 };
  await stage.payer.tell(clinic.account, event);
  await reaches(clinic, ["unmatched"]);
  await halfAnHourPasses(stage, event.reference);
  await reaches(clinic, ["not_ours"]);
  expect(await refundCases(stage, clinic)).toEqual([]);
});

withProofToAskAbout.story(
  "a case that a signed event alone has opened is withdrawn, not sent, when the API tells a foreign reference",
  async () => {
    const clinic = await stage.openClinic();
    const event = { id: testedProvider.newChargeId(), reference: newReference(), amountMinor: 5_000_000 };
    await stage.payer.tell(clinic.account, event);
    await reaches(clinic, ["unmatched"]);
    await halfAnHourPasses(stage, event.reference);
    const [opened] = await refundCases(stage, clinic);
    expect(opened).toMatchObject({ method: "manual", state: "open" });
    const foreign = `SHOP-${clinic.link}`;
    await stage.payer.charge(clinic.account, { ...event, reference: foreign }, { tells: "never" });
    await eventually(async () => {
      await hurryFollowUps(stage, opened?.id ?? "");
      expect(await refundCases(stage, clinic)).toMatchObject([{ state: "done", proof: "not_ours" }]);
    });
    expect(await statesAtProvider(clinic.account, foreign)).toEqual(["approved"]);
  },
);

withSharedAddress.story(
  "two connections of one account: an event at the other one's address finds the payment, and nothing is sent back",
  async () => {
    const clinic = await stage.openClinic();
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    await secondConnection(clinic.tenantId, clinic.account);
    await stage.pay(booking.checkoutUrl, "approve");
    await stage.reaches(booking, { status: "confirmed" });
    await settledAtOnce(stage, booking.id);
    await reaches(clinic, ["settled"]);
    await halfAnHourPasses(stage, booking.reference);
    expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
    expect(await statesAtProvider(clinic.account, booking.reference)).toEqual(["approved"]);
    const { rows } = await stage.owner.query("select connection_id from charge where tenant_id = $1", [clinic.tenantId]);
    expect(rows).toEqual([{ connection_id: clinic.connectionId }]);
  },
);

test("a forged event at the other connection's address changes nothing", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await secondConnection(clinic.tenantId, clinic.account);
  await stage.payer.tell(clinic.account, { reference: booking.reference, amountMinor: 10_000_000 }, { signature: "wrong" });
  expect(await inbox(stage, clinic)).toEqual([]);
  expect(await stage.state(booking)).toMatchObject({ status: "pending", paymentStatus: "pending" });
});

withSharedAddress.story(
  "another account of the same merchant that has a sale under our reference never confirms: that sale goes back there",
  async () => {
    const clinic = await stage.openClinic();
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    const other = await stage.payer.openAccount(stage.appUrl);
    await secondConnection(clinic.tenantId, other);
    await sale(other, booking.reference);
    await reaches(clinic, ["unmatched"]);
    await hurryPolls(stage, booking.id);
    expect(await stage.state(booking)).toMatchObject({ status: "pending" });
    await halfAnHourPasses(stage, booking.reference);
    expect((await inbox(stage, clinic))[0]?.state).toBe("refund_case");
    expect(await refundCases(stage, clinic)).toMatchObject([{ reason: "unmatched", bookingId: null, amount: 5_000_000 }]);
  },
);

withSharedAddress.story(
  "one account at two merchants: the event that comes to the wrong one is not theirs, their booking is confirmed, and nothing is sent back",
  async () => {
    const clinic = await stage.openClinic();
    const neighbour = await stage.openClinic();
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    await secondConnection(neighbour.tenantId, clinic.account);
    await stage.pay(booking.checkoutUrl, "approve");
    await reaches(neighbour, ["not_ours"]);
    await halfAnHourPasses(stage, booking.reference);
    expect(await refundCases(stage, neighbour)).toEqual([]);
    // The wrong address has passed it on: nobody waits for the next poll.
    await stage.reaches(booking, { status: "confirmed" });
    expect(await statesAtProvider(clinic.account, booking.reference)).toEqual(["approved"]);
  },
);

withPanelAndLookup.run.each([
  ["another connection of the merchant", "settled", 0],
  ["another merchant", "not_ours", 0],
  // What is trusted without a question does not wait for the API.
  ...(facts.signatureCovers === "all" ? [] : [["another merchant, before the API has caught up", "not_ours", 6] as const]),
] as const)(
  withPanelAndLookup.named("a void in the panel that comes to the address of %s, on the same account, is told where the booking is"),
  async (_whose, state, lagReads) => {
    const clinic = await stage.openClinic();
    const addressed = state === "not_ours" ? await stage.openClinic() : clinic;
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    await secondConnection(addressed.tenantId, clinic.account);
    const { chargeIds } = await stage.pay(booking.checkoutUrl, "approve");
    await stage.reaches(booking, { status: "confirmed" });
    await settledAtOnce(stage, booking.id);
    await reaches(addressed, [state]);
    await losePolls(stage, booking.id);
    await stage.payer.decide(chargeIds[0], "voided", { lagReads });
    await eventually(async () => {
      await hurryInbox(stage, booking.reference);
      expect(await stage.state(booking)).toMatchObject({ status: "confirmed", paymentStatus: "refunded" });
    });
    await reaches(addressed, [state, state]);
    await settledAtOnce(stage, booking.id);
  },
);
