import { z } from "zod";
import { json, type Operation } from "./operation.ts";

const probe = { methods: ["get"], tag: "health", callers: ["anyone"], limit: "none" } as const;

/** What load balancers and monitors ask a web process or a worker. */
export const healthOperations = [
  {
    ...probe,
    id: "getHealth",
    path: "/healthz",
    summary: "Whether the process answers",
    answer: json(200, z.object({ ok: z.literal(true) }), "It does.", { ok: true }),
  },
  {
    ...probe,
    id: "getReadiness",
    path: "/readyz",
    summary: "Whether the process can do its work",
    answer: {
      ...json(200, z.object({ ready: z.boolean() }), "The database is there and migrated.", { ready: true }),
      unless: { field: "ready", status: 503, description: "It is not." },
    },
  },
  {
    ...probe,
    id: "getMetrics",
    path: "/metrics",
    summary: "Counts for Prometheus",
    callers: ["neighbour", "operator"],
    answer: { status: 200, contentType: "text/plain", description: "The Prometheus text format." },
  },
] as const satisfies readonly Operation[];
