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
    summary: "A payment provider's webhook",
    parameters: [provider, path("connection", "The connection's id, as shown beside its credentials.")],
    answer: received,
    refusals: delivery,
  },
  ...["/api/webhooks/{provider}", "/api/payments/{provider}/webhook"].map(
    (address): Operation => ({
      method: "post",
      path: address,
      summary: "A webhook at one address for all merchants; its signature tells whose it is",
      parameters: [provider],
      answer: received,
      refusals: delivery,
    }),
  ),
  ...cron("/api/cron/cleanup-holds", "Tidy lapsed holds", "How many were tidied.", z.object(tidied)),
  ...cron(
    "/api/cron/cleanup-unpaid",
    "Close and delete unpaid attempts",
    "How many were closed and deleted.",
    z.object({ ...tidied, expiredBookings: count, deletedBookings: count }),
  ),
  ...cron(
    "/api/cron/work",
    "Run the jobs that are due, on a host without a worker",
    "They have run.",
    z.object({ success: z.literal(true) }),
  ),
  {
    method: "get",
    path: "/pay/return/{booking}/{token}",
    summary: "Where a provider sends the customer back",
    parameters: [path("booking", "The booking's id."), path("token", "The booking's token.")],
    answer: { status: 303, description: "On to the booking's page." },
    refusals: ["rate_limited"],
  },
  {
    method: "get",
    path: "/healthz",
    summary: "Whether the process answers",
    answer: { status: 200, shape: z.object({ ok: z.literal(true) }), description: "It does." },
    refusals: [],
  },
  {
    method: "get",
    path: "/readyz",
    summary: "Whether the process can do its work; 503 with ready: false if not",
    answer: { status: 200, shape: z.object({ ready: z.boolean() }), description: "The database is there and migrated." },
    refusals: [],
  },
  {
    method: "get",
    path: "/metrics",
    summary: "Counts for Prometheus (from outside: bearer CRON_SECRET)",
    answer: { status: 200, contentType: "text/plain", description: "The Prometheus text format." },
    refusals: ["unauthorized"],
  },
  {
    method: "get",
    path: "/api/openapi.json",
    summary: "This document",
    answer: { status: 200, shape: z.looseObject({ openapi: z.string() }), description: "OpenAPI 3.1." },
    refusals: [],
  },
  {
    method: "get",
    path: "/api/docs",
    summary: "This document for people",
    answer: { status: 200, contentType: "text/html", description: "A page without scripts." },
    refusals: [],
  },
];

/** Cron services call with GET or POST, as they can. */
function cron(address: string, summary: string, description: string, shape: z.ZodType): Operation[] {
  return (["get", "post"] as const).map((method) => ({
    method,
    path: address,
    summary: `${summary} (operator; bearer CRON_SECRET)`,
    answer: { status: 200, shape, description },
    refusals: ["unauthorized"],
  }));
}
