import { z } from "zod";
import type { Operation, Parameter } from "./openapi.ts";
import type { RefusalCode } from "./problem.ts";

const path = (name: string, description: string): Parameter => ({ name, in: "path", required: true, description });
const provider = path("provider", "For example wompi.");
const received = { status: 200, contentType: "text/plain", description: "Stored durably. Nothing else is a 200." };
const delivery: RefusalCode[] = ["unauthorized", "not_found", "body_too_large", "rate_limited", "database_unavailable"];
const count = z.int().min(0);
const tidied = { success: z.literal(true), lapsedHolds: count };

/** What nobody but providers, operators and browsers on their way call. */
export const operatorOperations: Operation[] = [
  {
    method: "post",
    path: "/api/webhooks/{provider}/{connection}",
    id: "receiveWebhook",
    tag: "providers",
    summary: "A payment provider's webhook",
    parameters: [provider, path("connection", "The connection's id, as shown beside its credentials.")],
    answer: received,
    refusals: delivery,
  },
  ...[
    { address: "/api/webhooks/{provider}", id: "receiveSharedWebhook" },
    { address: "/api/payments/{provider}/webhook", id: "receiveSharedPaymentWebhook" },
  ].map(
    ({ address, id }): Operation => ({
      method: "post",
      path: address,
      id,
      tag: "providers",
      summary: "A webhook at one address for all merchants; its signature tells whose it is",
      parameters: [provider],
      answer: received,
      refusals: delivery,
    }),
  ),
  ...cron({
    path: "/api/cron/cleanup-holds",
    id: "cleanupHolds",
    summary: "Tidy lapsed holds",
    description: "How many were tidied.",
    shape: z.object(tidied),
    example: { success: true, lapsedHolds: 3 },
  }),
  ...cron({
    path: "/api/cron/cleanup-unpaid",
    id: "cleanupUnpaid",
    summary: "Close and delete unpaid attempts",
    description: "How many were closed and deleted.",
    shape: z.object({ ...tidied, expiredBookings: count, deletedBookings: count }),
    example: { success: true, lapsedHolds: 3, expiredBookings: 1, deletedBookings: 5 },
  }),
  ...cron({
    path: "/api/cron/work",
    id: "runDueJobs",
    summary: "Run the jobs that are due, on a host without a worker",
    description: "They have run.",
    shape: z.object({ success: z.literal(true) }),
    example: { success: true },
  }),
  {
    method: "get",
    path: "/pay/return/{booking}/{token}",
    id: "returnFromProvider",
    tag: "providers",
    summary: "Where a provider sends the customer back",
    parameters: [path("booking", "The booking's id."), path("token", "The booking's token.")],
    answer: { status: 303, description: "On to the booking's page." },
    refusals: ["rate_limited"],
  },
  {
    method: "get",
    path: "/healthz",
    id: "getHealth",
    tag: "health",
    summary: "Whether the process answers",
    answer: { status: 200, shape: z.object({ ok: z.literal(true) }), description: "It does.", example: { ok: true } },
    refusals: [],
  },
  {
    method: "get",
    path: "/readyz",
    id: "getReadiness",
    tag: "health",
    summary: "Whether the process can do its work; 503 with ready: false if not",
    answer: {
      status: 200,
      shape: z.object({ ready: z.boolean() }),
      description: "The database is there and migrated.",
      example: { ready: true },
    },
    refusals: [],
  },
  {
    method: "get",
    path: "/metrics",
    id: "getMetrics",
    tag: "health",
    summary: "Counts for Prometheus (from outside: bearer CRON_SECRET)",
    answer: { status: 200, contentType: "text/plain", description: "The Prometheus text format." },
    refusals: ["unauthorized"],
  },
  {
    method: "get",
    path: "/api/openapi.json",
    id: "getOpenApi",
    tag: "documents",
    summary: "This document",
    answer: { status: 200, shape: z.looseObject({ openapi: z.string() }), description: "OpenAPI 3.1." },
    refusals: [],
  },
  {
    method: "get",
    path: "/api/docs",
    id: "getDocs",
    tag: "documents",
    summary: "This document for people",
    answer: { status: 200, contentType: "text/html", description: "A page without scripts." },
    refusals: [],
  },
];

type Cron = { path: string; id: string; summary: string; description: string; shape: z.ZodType; example: object };

/** Cron services call with GET or POST, as they can. */
function cron({ path: address, id, summary, description, shape, example }: Cron): Operation[] {
  return (["get", "post"] as const).map((method) => ({
    method,
    path: address,
    id: method === "post" ? id : `${id}ByGet`,
    tag: "operator",
    summary: `${summary} (operator; bearer CRON_SECRET)`,
    answer: { status: 200, shape, description, example },
    refusals: ["unauthorized"],
  }));
}
