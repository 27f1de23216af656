import { sql } from "kysely";
import type { ChargeFact, PaymentCapabilities } from "#domain/payment-provider.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { nextRefundMethod, type RefundMethod, refundSteps, waitMinutes } from "#domain/refund-policy.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { inTenant } from "#platform/db.ts";
import type { RefundCaseRow } from "#platform/rows.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import { readCredentials } from "#queries/connections.ts";
import { logEvent } from "../log-event.ts";
import { connectedProvider } from "../payments/open-payment.ts";
import { finishRefundCase, lockBookingOf } from "./finish.ts";
import { moveToManual } from "./move-to-manual.ts";
import { refundSubject } from "./open.ts";
import { advanceUnknown } from "./unknown-charge.ts";

/** Seconds between looks at a refund that the provider has accepted. */
const observeSeconds = 5;

type Work = { refundCase: RefundCaseRow; providerChargeId: string; connectionId: string; chargeId: string };

/**
 * One step of a refund case: `open → armed` is written before the provider is called, so that a crash is seen; an armed case asks the
 * provider before it acts again; where no idempotency key protects a repeat, a person takes over. Answers when to look again, or null.
 */
export async function advanceRefundCase(input: { tenantId: string; refundCaseId: string }): Promise<{ againInSeconds: number } | null> {
  const work = await readWork(input);
  if (!work || work.refundCase.state === "done" || work.refundCase.state === "manual") return null;
  const place = { tenantId: input.tenantId, connectionId: work.connectionId };
  const provider = await connectedProvider(place);
  const now = await provider.findCharge(work.providerChargeId);
  if (work.refundCase.unproven) return advanceUnknown({ ...work, now });
  const step = now ? refundSteps[now.state] : "send";
  if (now && step === "finish") {
    await finish(input.tenantId, work, now);
    return null;
  }
  if (work.refundCase.state === "observing") return { againInSeconds: observeSeconds };
  if (step === "wait") return { againInSeconds: waitMinutes * 60 };
  if (step !== "send") {
    await moveToManual(input.tenantId, work.refundCase, `the provider says ${now?.providerStatus}`);
    return null;
  }
  const capabilities = paymentProvider((await readCredentials(place)).provider)?.capabilities;
  if (!capabilities) return null;
  const method = nextMethod(work.refundCase, capabilities);
  if (method === "manual") {
    await moveToManual(input.tenantId, work.refundCase);
    return null;
  }
  if (!(await arm(input.tenantId, work.refundCase, method))) return null;
  crashPoint("refund armed, provider not asked");
  return send({ input, work, method, provider, capabilities });
}

async function finish(tenantId: string, work: Work, now: ChargeFact): Promise<void> {
  crashPoint("refund seen at the provider, not recorded");
  await inTenant(tenantId, async (tx) => {
    await lockBookingOf(tx, work.refundCase);
    await tx
      .updateTable("charge")
      .set({ status: now.state, provider_status: now.providerStatus, updated_at: sql`now()` })
      .where("id", "=", work.chargeId)
      .execute();
    await finishRefundCase(tx, { tenantId, chargeId: work.chargeId, proof: now.providerStatus, actor: "provider" });
  });
}

/** A void twice is one void; a refund sent before a crash may have gone through: without a key only a person may send it again. */
function nextMethod(refundCase: RefundCaseRow, capabilities: PaymentCapabilities): RefundMethod {
  const tried = refundCase.method as RefundMethod | null;
  if (refundCase.state === "open") return nextRefundMethod(capabilities, tried);
  if (tried === "void" || (tried === "refund" && capabilities.refunds.idempotencyKey)) return tried;
  return "manual";
}

type Sending = {
  input: { tenantId: string };
  work: Work;
  method: "void" | "refund";
  provider: Awaited<ReturnType<typeof connectedProvider>>;
  capabilities: PaymentCapabilities;
};

async function send({ input, work, method, provider, capabilities }: Sending): Promise<{ againInSeconds: number } | null> {
  const { refundCase, providerChargeId } = work;
  const money = { amountMinor: refundCase.amount_minor, currency: refundCase.currency };
  const answer = await provider.refund({ providerChargeId, ...money, idempotencyKey: refundCase.id, method }).catch((failure: unknown) => {
    if (failure instanceof ProviderFailure && !failure.retriable)
      return { result: "refused" as const, providerStatus: failure.kind, detail: failure.message, isFinal: false };
    throw failure;
  });
  crashPoint("refund sent, answer not recorded");
  if (answer.result === "accepted" && answer.isFinal && method === "refund") {
    // A refund that is final in its answer leaves the charge as it was: nothing would ever be observed.
    await inTenant(input.tenantId, async (tx) => {
      await lockBookingOf(tx, refundCase);
      await finishRefundCase(tx, { tenantId: input.tenantId, chargeId: work.chargeId, proof: answer.providerStatus, actor: "provider" });
    });
    return null;
  }
  if (answer.result === "accepted") {
    await setState(input.tenantId, refundCase, { state: "observing", last_error: null });
    return { againInSeconds: observeSeconds };
  }
  const error = answer.detail ?? answer.providerStatus;
  if (nextRefundMethod(capabilities, method) === "manual") {
    await moveToManual(input.tenantId, refundCase, error);
    return null;
  }
  await setState(input.tenantId, refundCase, { state: "open", last_error: error });
  return { againInSeconds: 1 };
}

async function readWork(input: { tenantId: string; refundCaseId: string }): Promise<Work | null> {
  return inTenant(input.tenantId, async (tx) => {
    const refundCase = await tx.selectFrom("refund_case").selectAll().where("id", "=", input.refundCaseId).executeTakeFirst();
    if (!refundCase) return null;
    const charge = await tx.selectFrom("charge").selectAll().where("id", "=", refundCase.charge_id).executeTakeFirstOrThrow();
    return { refundCase, providerChargeId: charge.provider_charge_id, connectionId: charge.connection_id, chargeId: charge.id };
  });
}

/** False: somebody else ended the case, or handed it to a person, since it was read. */
async function arm(tenantId: string, refundCase: RefundCaseRow, method: "void" | "refund"): Promise<boolean> {
  return inTenant(tenantId, async (tx) => {
    const armed = await tx
      .updateTable("refund_case")
      .set({ state: "armed", method, attempts: sql`attempts + 1`, updated_at: sql`now()` })
      .where("id", "=", refundCase.id)
      .where("state", "in", ["open", "armed"])
      .executeTakeFirst();
    if (!armed.numUpdatedRows) return false;
    const subject = refundSubject({ id: refundCase.id, bookingId: refundCase.booking_id });
    await logEvent(tx, { tenantId, subject, kind: "refund_case.armed", details: { refundCaseId: refundCase.id, method }, actor: "system" });
    return true;
  });
}

async function setState(
  tenantId: string,
  refundCase: RefundCaseRow,
  to: { state: "open" | "observing"; last_error: string | null },
): Promise<void> {
  await inTenant(tenantId, (tx) =>
    tx
      .updateTable("refund_case")
      .set({ ...to, updated_at: sql`now()` })
      .where("id", "=", refundCase.id)
      .where("state", "=", "armed")
      .execute(),
  );
}
