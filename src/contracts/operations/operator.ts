import { z } from "zod";
import { attentionKinds } from "../attention.ts";
import { otherKindExample } from "./examples.ts";
import { described, json, type Operation } from "./operation.ts";

const count = z.int().min(0);
const tidied = z.object({ success: z.literal(true), lapsedHolds: count });
const cleaned = tidied.extend({ expiredBookings: count, deletedBookings: count });
/** Some cron services can only send GET, others only POST. */
const cron = { methods: ["get", "post"], tag: "operator", callers: ["operator"], limit: "none" } as const;

const attentionItem = z.object({
  kind: z.enum(attentionKinds),
  tenantId: z.uuid(),
  subject: z.object({ kind: z.string(), id: z.uuid() }),
  since: z.iso.datetime(),
  todo: z.string(),
});
const otherKind = z.object({
  tenantId: z.uuid(),
  connectionId: z.uuid(),
  provider: z.string(),
  eventKind: z.string(),
  count,
  since: z.iso.datetime(),
});
const attentionExample = {
  kind: "payment_not_answered" as const,
  tenantId: "0199c0de-0000-7000-8000-00000000000a",
  subject: { kind: "payment", id: "0199c0de-0000-7000-8000-000000000005" },
  since: "2026-11-21T15:10:00.000Z",
  todo: "Look for its reference in the provider's panel.",
};
const byOperator = { tag: "operator", callers: ["operator"], limit: "none" } as const;

/** For a cron service outside: the worker's own timers do the same work. And for a person. */
export const operatorOperations = [
  {
    ...cron,
    id: "cleanupHolds",
    path: "/api/cron/cleanup-holds",
    summary: "Tidy lapsed holds",
    answer: json(200, tidied, "How many were tidied.", { success: true, lapsedHolds: 3 }),
  },
  {
    ...cron,
    id: "cleanupUnpaid",
    path: "/api/cron/cleanup-unpaid",
    summary: "Close and delete unpaid attempts",
    answer: json(200, cleaned, "How many were closed and deleted.", {
      success: true,
      lapsedHolds: 3,
      expiredBookings: 1,
      deletedBookings: 5,
    }),
  },
  {
    ...cron,
    id: "runDueJobs",
    path: "/api/cron/work",
    summary: "Run the jobs that are due, on a host without a worker",
    answer: json(200, tidied.pick({ success: true }), "They have run.", { success: true }),
  },
  {
    ...byOperator,
    id: "listAttention",
    methods: ["get"],
    path: "/api/operator/attention",
    summary: "What waits for a person",
    isPrivate: true,
    answer: json(
      200,
      z.object({ items: z.array(attentionItem), otherKinds: z.array(otherKind) }),
      "`items`: at most 100 of each kind, oldest first, with what to do. `otherKinds`: genuine webhooks that are about no charge, once for each kind and connection; nothing was done by them.",
      { items: [attentionExample], otherKinds: [otherKindExample] },
    ),
  },
  {
    ...byOperator,
    id: "markPaymentSeen",
    methods: ["post"],
    path: "/api/operator/payments/{id}/seen",
    summary: "Somebody has looked into the provider's panel for a payment that the provider does not answer for",
    params: described(z.object({ id: z.uuid() }), { id: "The payment's id." }, "not_found"),
    answer: { status: 204, description: "No answer is waited for any more. An approval that comes after all is settled like any other." },
    refusals: ["not_found"],
  },
  {
    ...byOperator,
    id: "answerReversal",
    methods: ["post"],
    path: "/api/operator/checkouts/{id}/reversal",
    summary: "The merchant has said what becomes of a purchase whose money went back outside",
    params: described(z.object({ id: z.uuid() }), { id: "The booking's id." }, "checkout_unknown"),
    body: z.strictObject({ answer: z.enum(["keep", "cancel"]) }),
    bodyExamples: { keep: { answer: "keep" } },
    answer: { status: 204, description: "The answer is kept. An answer that was given before stays as it is." },
    refusals: ["checkout_unknown"],
  },
] as const satisfies readonly Operation[];
