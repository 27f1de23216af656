import { randomInt } from "node:crypto";
import { z } from "zod";
import { type Problem, problem } from "./errors.ts";
import { announceSoon } from "./notices.ts";
import { refundedOf, refundShape } from "./payment-shape.ts";
import type { MpAccount, MpPayment, MpRefund } from "./shapes.ts";
import { accountOf, changeStatus, isoOf, type MercadopagoWorld } from "./world.ts";

const daysMax = 180;
const partsMax = 20;
const amountSchema = z.object({ amount: z.number().nullish() });

/** A call with a known key gets the old answer. One that is running is a conflict. */
export function refundByKey(
  world: MercadopagoWorld,
  { account, payment, key, body }: { account: MpAccount; payment: MpPayment; key: string | undefined; body: unknown },
): { status: number; body: object } {
  if (!key) return problem(400, "bad_request", "Header-X-Idempotency-Key-can't-be-null", 4292);
  const fingerprint = `${payment.id} ${JSON.stringify(body)}`;
  const place = `${account.userId} refund ${key}`;
  if (account.knobs.refundConflicts > 0) {
    account.knobs.refundConflicts -= 1;
    return problem(409, "conflict", "A refund is already being processed for this key");
  }
  const before = world.answered.get(place);
  if (before)
    return before.fingerprint === fingerprint ? before : problem(409, "idempotency_key_already_used", "The key was used with another body");
  const refund = createRefund(world, payment, { body, source: "collector" });
  if ("body" in refund) return refund;
  const answer = { status: 201, body: refundShape(refund, payment) };
  world.answered.set(place, { fingerprint, ...answer });
  return answer;
}

/** All that is left, or `amount`. The notice of it comes by itself. */
export function createRefund(
  world: MercadopagoWorld,
  payment: MpPayment,
  { body, source }: { body: unknown; source: MpRefund["source"] },
): MpRefund | Problem {
  const account = accountOf(world, payment);
  const parsed = amountSchema.safeParse(body ?? {});
  if (!account || !parsed.success) return problem(400, "bad_request", "amount-attribute-must-be-numeric", 4041);
  const amount = parsed.data.amount ?? leftOf(payment);
  const refused = refuse(world, payment, { account, amount });
  if (refused) return refused;
  const refund: MpRefund = {
    id: String(randomInt(1_000_000_000, 2_000_000_000)),
    amount,
    status: account.knobs.refundState,
    createdAt: isoOf(world.clock.now()),
    source,
  };
  payment.refunds.push(refund);
  countRefunds(world, payment);
  announceSoon(world, { account, payment, knobs: account.knobs, action: "payment.updated" });
  return refund;
}

/** What was accepted comes to its end days later. */
export function endRefund(
  world: MercadopagoWorld,
  { payment, refund }: { payment: MpPayment; refund: MpRefund },
  status: "approved" | "rejected",
): void {
  refund.status = status;
  countRefunds(world, payment);
}

/** A refund on its way is spent already. */
const leftOf = ({ amount, refunds }: MpPayment): number =>
  amount - refunds.filter(({ status }) => status !== "rejected").reduce((total, refund) => total + refund.amount, 0);

function refuse(world: MercadopagoWorld, payment: MpPayment, { account, amount }: { account: MpAccount; amount: number }): Problem | null {
  const ageMs = world.clock.now() - Date.parse(payment.approvedAt ?? "");
  if (!["approved", "in_mediation"].includes(payment.status))
    return problem(400, "bad_request", "The action requested is not valid for the current payment state", 2063);
  if (ageMs > daysMax * 86_400_000) return problem(400, "bad_request", "Payment too old to be refunded", 2024);
  if (payment.refunds.length >= partsMax)
    return problem(400, "bad_request", "You have exceeded the max number of refunds for this payment", 2022);
  if (amount <= 0) return problem(400, "bad_request", "amount-attribute-must-be-positive", 4040);
  if (amount > leftOf(payment)) return problem(400, "bad_request", "Amount to refund exceeds what is left of the payment");
  return account.knobs.balance === "short" ? problem(400, "bad_request", "Collector hasn't enough available money", 2031) : null;
}

function countRefunds(world: MercadopagoWorld, payment: MpPayment): void {
  const refunded = refundedOf(payment);
  const isWhole = refunded >= payment.amount;
  const status = isWhole ? "refunded" : payment.status === "refunded" ? "approved" : payment.status;
  changeStatus(world, payment, [status, isWhole ? "refunded" : refunded > 0 ? "partially_refunded" : "accredited"]);
}
