import { z } from "zod";
import { json, type Operation } from "./operation.ts";

const count = z.int().min(0);
const tidied = z.object({ success: z.literal(true), lapsedHolds: count });
const cleaned = tidied.extend({ expiredBookings: count, deletedBookings: count });
/** Some cron services can only send GET, others only POST. */
const cron = { methods: ["get", "post"], tag: "operator", callers: ["operator"], limit: "none" } as const;

/** For a cron service outside. The worker's own timers do the same work. */
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
] as const satisfies readonly Operation[];
