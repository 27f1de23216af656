import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createConnection } from "#commands/connections/create-connection.ts";
import { advanceRefundCase } from "#commands/refund-cases/advance.ts";
import { recordChargeRow } from "#commands/refund-cases/charge-rows.ts";
import { openRefundCase } from "#commands/refund-cases/open.ts";
import { sweep } from "#commands/sweep.ts";
import { system as caller } from "#contracts/caller.ts";
import { newConnection } from "#contracts/catalog.ts";
import type { ChargeFact } from "#domain/payment-provider.ts";
import type { ChargeState } from "#domain/payment-states.ts";
import { inTenant } from "#platform/db.ts";
import { newReference } from "#platform/ids.ts";
import { metrics } from "#platform/metrics.ts";
import { paymentProviders } from "#providers/payments/registry.ts";
import { examine } from "#queries/doctor.ts";
import { countWaiting } from "#queries/readiness.ts";
import { withLookup } from "#tests/engine/capabilities/playable.ts";
import { slotStart } from "#tests/support/customer.ts";
import { newService, pretendProvider } from "#tests/support/pretend-provider.ts";
import { prepareStage } from "#tests/support/stage.ts";

const stage = prepareStage({ worker: false, keepsPromises: true });
let fact: ChargeFact;
let asked = 0;

/** Takes every refund, and never says anything else of the charge than what the test wants. */
function endlessProvider() {
  const definition = pretendProvider(newService(), {});
  const create: typeof definition.create = (...given) => ({
    ...definition.create(...given),
    async findCharge() {
      asked += 1;
      return fact;
    },
    refund: async () => ({ result: "accepted", providerRefundId: "r-1", providerStatus: "taken", detail: null }),
  });
  return { ...definition, create };
}

beforeAll(() => {
  paymentProviders["pretend"] = endlessProvider();
});
beforeEach(() => {
  asked = 0;
});
afterAll(() => {
  delete paymentProviders["pretend"];
});

type Case = { tenantId: string; refundCaseId: string };

/** Money of nobody's checkout, which must go back. */
async function opened(state: ChargeState): Promise<Case> {
  const { tenantId } = await stage.openClinic();
  const wish = newConnection.parse({ kind: "payment", provider: "pretend", credentials: {} });
  const { id: connectionId } = await createConnection({ caller, input: { ...wish, tenantId } });
  const money = {
    providerChargeId: "charge-1",
    reference: newReference(),
    state,
    providerStatus: state,
    amountMinor: 500,
    currency: "COP",
  };
  fact = { ...money, method: "card", finalizedAt: null };
  return inTenant(tenantId, async (tx) => {
    const row = { ...money, tenantId, connectionId, paymentId: null, method: "card", approvedAt: null, outcome: null };
    await openRefundCase(tx, { charge: await recordChargeRow(tx, row), checkout: null, reason: "unmatched", actor: "system" });
    const { id } = await tx.selectFrom("refund_case").select("id").executeTakeFirstOrThrow();
    return { tenantId, refundCaseId: id };
  });
}

const read = async ({ refundCaseId }: Case) =>
  (
    await stage.owner.query("select state, method, owner, last_error, due_at > now() as is_in_time from refund_case where id = $1", [
      refundCaseId,
    ])
  ).rows[0];

const pass = ({ refundCaseId }: Case, seconds: number) =>
  stage.owner.query(
    "update refund_case set updated_at = updated_at - make_interval(secs => $2), due_at = due_at - make_interval(secs => $2) where id = $1",
    [refundCaseId, seconds],
  );

/** Looks when it says it wants to, until it wants no more. */
async function untilItEnds(refundCase: Case): Promise<number[]> {
  const waits: number[] = [];
  for (let next = await advanceRefundCase(refundCase); next !== null; next = await advanceRefundCase(refundCase)) {
    waits.push(next.againInSeconds);
    expect(waits.length).toBeLessThan(200);
    await pass(refundCase, next.againInSeconds);
  }
  return waits;
}

const total = (waits: number[]) => waits.reduce((sum, wait) => sum + wait, 0);

test("a refund that the provider took and never shows is asked about ever more seldom, and is a person's after two days", async () => {
  const refundCase = await opened("approved");
  const startedAt = Date.now();
  const waits = await untilItEnds(refundCase);
  // The test's own time passes too, which is seconds on a busy machine.
  const ownSeconds = (Date.now() - startedAt) / 1000;
  expect(waits.slice(0, 3)).toEqual([5, 5, 5]);
  expect(waits.every((wait, index) => index === 0 || wait >= (waits[index - 1] ?? 0) || index === waits.length - 1)).toBe(true);
  expect(total(waits) + ownSeconds).toBeGreaterThanOrEqual(2 * 86_400 - 1);
  expect(asked).toBeLessThan(60);
  expect(await read(refundCase)).toMatchObject({ state: "manual", method: "manual", owner: "merchant", is_in_time: true });
  const { rows } = await stage.owner.query("select kind from event where subject_id = $1 order by created_at", [refundCase.refundCaseId]);
  expect(rows.map(({ kind }) => kind)).toEqual(["refund_case.opened", "refund_case.armed", "refund_case.manual"]);
});

test.each<[ChargeState, string]>([
  ["disputed", "open"],
  ["refunding", "open"],
  ["pending", "open"],
  ["refunding", "armed"],
  ["disputed", "observing"],
])(
  "a charge that stays %s while its case is %s becomes a person's after two days, and is not asked about more often than banks work",
  async (state, from) => {
    const refundCase = await opened(state);
    await stage.owner.query("update refund_case set state = $2, method = 'void' where id = $1", [refundCase.refundCaseId, from]);
    const waits = await untilItEnds(refundCase);
    expect(Math.min(...waits.slice(0, -1))).toBe(900);
    expect(await read(refundCase)).toMatchObject({ state: "manual", last_error: expect.stringContaining(state), is_in_time: true });
  },
);

test.each(["open", "armed", "observing"])(
  "a case that is %s, and whose follow-up has given up, is handed to a person by the sweep",
  async (from) => {
    const refundCase = await opened("approved");
    await stage.owner.query("update refund_case set state = $2 where id = $1", [refundCase.refundCaseId, from]);
    await pass(refundCase, 2 * 86_400 + 60);
    await sweep();
    // Its follow-up still works: it asks the provider first.
    expect(await read(refundCase)).toMatchObject({ state: from });
    await stage.owner.query("update follow_up set state = 'attention' where tenant_id = $1 and job = 'advance-refund'", [
      refundCase.tenantId,
    ]);
    await sweep();
    expect(await read(refundCase)).toMatchObject({ state: "manual", method: "manual" });
  },
);

test.each([
  ["void", "observing"],
  ["refund", "manual"],
])("a %s whose answer was lost, at a provider that takes no key: %s", async (method, state) => {
  const refundCase = await opened("approved");
  await stage.owner.query("update refund_case set state = 'armed', method = $2 where id = $1", [refundCase.refundCaseId, method]);
  await advanceRefundCase(refundCase);
  // A repeated void is one void; a repeated refund may pay twice, so a person looks first.
  expect(await read(refundCase)).toMatchObject({ state });
});

test("one that has moved a day ago is left alone by the sweep", async () => {
  const refundCase = await opened("approved");
  await stage.owner.query("update follow_up set state = 'attention' where tenant_id = $1", [refundCase.tenantId]);
  await pass(refundCase, 86_400);
  await sweep();
  expect(await read(refundCase)).toMatchObject({ state: "open" });
});

test.each(["open", "armed", "observing", "manual"])(
  "past its deadline a case that is %s is named by the doctor and counted for the alarm",
  async (state) => {
    const before = await overdue();
    const refundCase = await opened("approved");
    await stage.owner.query("update refund_case set state = $2, due_at = now() - interval '1 second' where id = $1", [
      refundCase.refundCaseId,
      state,
    ]);
    const found = (await examine()).filter(({ id }) => id === refundCase.refundCaseId);
    expect(found).toMatchObject([{ problem: "a refund case is past its deadline" }]);
    expect(await overdue()).toBe(before + 1);
    await stage.owner.query("update refund_case set state = 'done', proof = 'by hand' where id = $1", [refundCase.refundCaseId]);
  },
);

async function overdue(): Promise<number> {
  await countWaiting();
  const text = await metrics().registry.metrics();
  return Number(/konfirmado_waiting\{kind="refund case overdue"\} (\d+)/.exec(text)?.[1] ?? 0);
}

withLookup.story("a payment that nobody paid ends once the provider has said so after its last moment, and not before", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.retry(booking);
  await stage.pay(booking.checkoutUrl, "pending");
  const statuses = async () =>
    (await stage.owner.query("select status from payment where checkout_id = $1 order by created_at", [booking.id])).rows.map(
      ({ status }) => status,
    );
  await stage.owner.query(
    "update payment set payable_until = now() - interval '25 hours', asked_at = now() - interval '26 hours' where checkout_id = $1",
    [booking.id],
  );
  await sweep();
  expect(await statuses()).not.toContain("expired");
  await stage.owner.query("update payment set asked_at = now() - interval '24 hours' where checkout_id = $1", [booking.id]);
  await sweep();
  expect(await statuses()).toEqual(["expired", "expired"]);
});
