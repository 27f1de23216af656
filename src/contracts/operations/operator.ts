import { z } from "zod";
import type { Operation } from "./operation.ts";

const count = z.int().min(0);
const tidied = { success: z.literal(true), lapsedHolds: count };
/** Cron services call with GET or POST, as they can. */
const cron = { methods: ["get", "post"], tag: "operator", callers: ["operator"], limit: "none", refusals: [] } as const;

/** For a cron outside: what the worker's own timers do as well. */
export const operatorOperations = [
  {
    ...cron,
    id: "cleanupHolds",
    path: "/api/cron/cleanup-holds",
    summary: "Tidy lapsed holds",
    answer: {
      status: 200,
      shape: z.object(tidied),
      description: "How many were tidied.",
      example: { success: true, lapsedHolds: 3 },
    },
  },
  {
    ...cron,
    id: "cleanupUnpaid",
    path: "/api/cron/cleanup-unpaid",
    summary: "Close and delete unpaid attempts",
    answer: {
      status: 200,
      shape: z.object({ ...tidied, expiredBookings: count, deletedBookings: count }),
      description: "How many were closed and deleted.",
      example: { success: true, lapsedHolds: 3, expiredBookings: 1, deletedBookings: 5 },
    },
  },
  {
    ...cron,
    id: "runDueJobs",
    path: "/api/cron/work",
    summary: "Run the jobs that are due, on a host without a worker",
    answer: {
      status: 200,
      shape: z.object({ success: z.literal(true) }),
      description: "They have run.",
      example: { success: true },
    },
  },
] as const satisfies readonly Operation[];
