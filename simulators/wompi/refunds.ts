import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Refund, WompiMerchant } from "./shapes.ts";
import type { WompiWorld } from "./world.ts";

const refundSchema = z.object({
  transaction_id: z.string("No está presente").min(1),
  amount_in_cents: z.number("No está presente").int().positive(),
  reference: z.string("No está presente").min(1),
  reason: z.string().nullish(),
  test_scenario: z.enum(["approved", "declined", "error", "cancelled"]).default("approved"),
});

const statuses = { approved: "APPROVED", declined: "DECLINED", error: "ERROR", cancelled: "CANCELLED" } as const;

type Messages = Record<string, string[]>;

/** Refunds V2 returns all or part of what is left of an approved transaction. */
export function createRefund(world: WompiWorld, merchant: WompiMerchant, body: unknown): { data: object } | { messages: Messages } {
  const parsed = refundSchema.safeParse(body);
  if (!parsed.success) return { messages: messagesOf(parsed.error) };
  const { transaction_id: transactionId, amount_in_cents: amountInCents, reference } = parsed.data;
  if (hasTooManyReferences(body)) return { messages: { reference: ["No se admiten más de cinco referencias"] } };
  const transaction = world.transactions.get(transactionId);
  if (transaction?.publicKey !== merchant.publicKey) return { messages: { transaction_id: ["La transacción no existe"] } };
  if (transaction.status !== "APPROVED") return { messages: { transaction_id: ["La transacción no está aprobada"] } };
  if (amountInCents > transaction.amountInCents - transaction.refundedInCents) {
    return { messages: { amount_in_cents: ["El monto supera lo que queda por reembolsar"] } };
  }
  const status = statuses[parsed.data.test_scenario];
  if (status === "APPROVED") transaction.refundedInCents += amountInCents;
  const refund: Refund = {
    id: randomUUID(),
    publicKey: merchant.publicKey,
    transactionId,
    amountInCents,
    reference,
    reason: parsed.data.reason ?? null,
    status,
    createdAt: new Date(world.clock.now()).toISOString(),
  };
  world.refunds.push(refund);
  return { data: refundShape(refund) };
}

function refundShape(refund: Refund) {
  return {
    id: refund.id,
    v2_refund_id: refund.id,
    transaction_id: refund.transactionId,
    amount_in_cents: refund.amountInCents,
    reference: refund.reference,
    reason: refund.reason,
    status: refund.status,
    status_message: refund.status === "APPROVED" ? null : "Resultado simulado",
    created_at: refund.createdAt,
  };
}

function messagesOf(error: z.ZodError): Messages {
  return Object.fromEntries(error.issues.map((issue) => [issue.path.join(".") || "body", [issue.message]]));
}

/** The API knows `reference` and `reference_2` to `reference_5`. */
function hasTooManyReferences(body: unknown): boolean {
  return typeof body === "object" && body !== null && Object.keys(body).some((name) => /^reference_([6-9]|\d\d+)$/.test(name));
}
