import { z } from "zod";
import type { Operation } from "./operation.ts";

/** What balancers and monitors ask, of a web process and of a worker. */
export const healthOperations = [
  {
    id: "getHealth",
    methods: ["get"],
    path: "/healthz",
    tag: "health",
    summary: "Whether the process answers",
    callers: ["anyone"],
    limit: "none",
    answer: { status: 200, shape: z.object({ ok: z.literal(true) }), description: "It does.", example: { ok: true } },
    refusals: [],
  },
  {
    id: "getReadiness",
    methods: ["get"],
    path: "/readyz",
    tag: "health",
    summary: "Whether the process can do its work",
    callers: ["anyone"],
    limit: "none",
    answer: {
      status: 200,
      shape: z.object({ ready: z.boolean() }),
      description: "The database is there and migrated.",
      example: { ready: true },
      unless: { field: "ready", status: 503, description: "It is not." },
    },
    refusals: [],
  },
  {
    id: "getMetrics",
    methods: ["get"],
    path: "/metrics",
    tag: "health",
    summary: "Counts for Prometheus",
    callers: ["neighbour", "operator"],
    limit: "none",
    answer: { status: 200, contentType: "text/plain", description: "The Prometheus text format." },
    refusals: [],
  },
] as const satisfies readonly Operation[];
