import { afterAll, expect, test } from "vitest";
import { tellOfAttention } from "#commands/notices/tell-of-attention.ts";
import { requestRefund } from "#commands/refund-cases/request-refund.ts";
import { paymentProviders } from "#providers/payments/registry.ts";
import { listAttention } from "#queries/attention.ts";
import { listLines } from "#queries/ledger/day-lines.ts";
import { loadMonthTotals } from "#queries/ledger/month-totals.ts";
import { eventually } from "#tests/support/end-state.ts";
import { disputeCharge } from "#tests/support/pretend-provider.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { hurryFollowUps } from "../stories.ts";
import { casesOf, eventsOf, look, newService, paidAtPretended } from "./pretended.ts";

/** Inquiries and disputes: what they block, what they take, and how they end. */
const stage = prepareStage({ keepsPromises: true });
afterAll(() => {
  delete paymentProviders["pretend"];
});

const caller = { kind: "operator" } as const;
const paid = () => paidAtPretended(stage, newService({ accepts: "done", keepsKeys: true }));

async function linesOf(tenantId: string): Promise<[string, number][]> {
  const { lines } = await listLines({ tenantId, query: { mode: "test" } });
  return lines.map(({ kind, amountMinor }) => [kind, amountMinor]);
}

/** The one place that sums agrees with its lines. */
async function sumsOf(tenantId: string) {
  const { period } = await loadMonthTotals({ tenantId, query: { mode: "test" }, feeOf: () => 0 });
  const [sums] = period;
  const lines = await linesOf(tenantId);
  expect(sums?.netMinor).toBe(lines.reduce((sum, [, amountMinor]) => sum + amountMinor, 0));
  return sums;
}

test("a dispute takes its money and a fee, two lines; won, both come back, two more", async () => {
  const { clinic, booking, charge } = await paid();
  const whole = charge.amountMinor;
  disputeCharge(charge, { providerDisputeId: "d-1", feeMinor: 1_500_000 });
  await look(stage, booking);
  await stage.reaches(booking, { status: "confirmed", paymentStatus: "disputed" });
  expect(await linesOf(clinic.tenantId)).toEqual([
    ["payment", whole],
    ["dispute_fee", -1_500_000],
    ["reversal", 0 - whole],
  ]);
  expect(await sumsOf(clinic.tenantId)).toMatchObject({ reversedMinor: whole, disputeFeesMinor: 1_500_000, netMinor: -1_500_000 });
  await look(stage, booking);
  disputeCharge(charge, { providerDisputeId: "d-1", state: "won", feeMinor: 0 });
  await look(stage, booking);
  await stage.reaches(booking, { paymentStatus: "paid" });
  expect((await linesOf(clinic.tenantId)).slice(3).sort()).toEqual([
    ["dispute_fee_back", 1_500_000],
    ["restored", whole],
  ]);
  expect(await sumsOf(clinic.tenantId)).toMatchObject({ restoredMinor: whole, disputeFeesMinor: 0, netMinor: whole });
});

test("a dispute of a part takes that part, and two disputes of one charge take both", async () => {
  const { clinic, booking, charge } = await paid();
  disputeCharge(charge, { providerDisputeId: "d-1", amountMinor: 1_000_000 });
  await look(stage, booking);
  disputeCharge(charge, { providerDisputeId: "d-2", amountMinor: 2_000_000 });
  await look(stage, booking);
  expect(await linesOf(clinic.tenantId)).toEqual([
    ["payment", charge.amountMinor],
    ["reversal", -1_000_000],
    ["reversal", -2_000_000],
  ]);
});

test("a lost dispute asks what becomes of the purchase, and a reimbursed one brings the money back", async () => {
  const { clinic, booking, charge } = await paid();
  disputeCharge(charge, { providerDisputeId: "d-1" });
  await look(stage, booking);
  disputeCharge(charge, { providerDisputeId: "d-1", state: "lost" });
  await look(stage, booking);
  await stage.reaches(booking, { status: "confirmed", paymentStatus: "charged_back" });
  expect(await listAttention()).toContainEqual(expect.objectContaining({ kind: "reversal_open", tenantId: clinic.tenantId }));
  expect((await linesOf(clinic.tenantId)).map(([kind]) => kind)).toEqual(["payment", "reversal"]);
  disputeCharge(charge, { providerDisputeId: "d-1", state: "won" });
  charge.state = "charged_back";
  await look(stage, booking);
  expect((await linesOf(clinic.tenantId)).at(-1)).toEqual(["restored", charge.amountMinor]);
  expect((await eventsOf(stage, booking, "dispute.changed")).map(({ state }) => state)).toEqual(["lost", "won"]);
});

test("a dispute that we did not know of blocks our refund until the bank has decided; an inquiry does not", async () => {
  for (const kind of ["dispute", "inquiry"] as const) {
    const { clinic, booking, charge } = await paid();
    const ask = () => requestRefund({ caller, input: { tenantId: clinic.tenantId, checkoutId: booking.id, amountMinor: 1_000_000 } });
    disputeCharge(charge, { providerDisputeId: "d-1", kind });
    if (kind === "inquiry") await look(stage, booking);
    await ask();
    const isSent = async (state: string) => {
      await hurryFollowUps(stage, booking.id);
      expect(await casesOf(stage, booking)).toEqual([expect.objectContaining({ state })]);
    };
    if (kind === "inquiry") {
      await eventually(() => isSent("done"));
      continue;
    }
    await isSent("open");
    await look(stage, booking);
    await expect(ask()).rejects.toMatchObject({ code: "refund_blocked_by_dispute" });
    disputeCharge(charge, { providerDisputeId: "d-1", state: "won", isRefundable: true });
    await look(stage, booking);
    await eventually(() => isSent("done"));
  }
});

test("evidence that is due waits for a person and rings again as the day comes nearer, once each", async () => {
  const { clinic, booking, charge } = await paid();
  const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);
  disputeCharge(charge, { providerDisputeId: "d-1", kind: "inquiry", evidenceDueAt: inHours(240) });
  await look(stage, booking);
  expect(await listAttention()).toContainEqual(expect.objectContaining({ kind: "dispute_evidence_due", tenantId: clinic.tenantId }));
  const rung = async () => {
    await tellOfAttention();
    await tellOfAttention();
    const { rows } = await stage.owner.query<{ what: string }>(
      "select details ->> 'what' as what from event where tenant_id = $1 and kind = 'attention.arose' order by created_at",
      [clinic.tenantId],
    );
    return rows.map(({ what }) => what);
  };
  const dueIn = (hours: number) =>
    stage.owner.query(
      "update dispute set evidence_due_at = now() + make_interval(hours => $2) where charge_id = (select paid_charge_id from checkout where id = $1)",
      [booking.id, hours],
    );
  expect(await rung()).toEqual([]);
  await dueIn(70);
  expect(await rung()).toEqual(["dispute_due_soon"]);
  await dueIn(20);
  expect(await rung()).toEqual(["dispute_due_soon", "dispute_due_today"]);
  disputeCharge(charge, { providerDisputeId: "d-1", state: "won" });
  await look(stage, booking);
  expect((await listAttention()).filter(({ kind, tenantId }) => kind === "dispute_evidence_due" && tenantId === clinic.tenantId)).toEqual(
    [],
  );
});
