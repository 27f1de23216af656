import { z } from "zod";
import { cleanedSessions, sessionStats } from "../../shop/session-stats.ts";
import { described, json, type Operation } from "../operation.ts";

/** Whoever runs the installation sees all merchants together; a merchant sees their own. */
const shared = { tag: "merchant", callers: ["operator", "member", "api_key"], limit: "merchant", isPrivate: true } as const;

export const orderSessionAdminOperations = [
  {
    ...shared,
    id: "orderSessionStats",
    methods: ["get"],
    path: "/api/admin/order-sessions/stats",
    summary: "How order sessions ended: conversion, value, time to pay",
    permission: "orders.read",
    query: described(z.object({ days: z.coerce.number().int().min(1).max(366).default(30) }), {
      days: "How many days back those that have ended are counted.",
    }),
    answer: json(200, sessionStats, "With CRON_SECRET of all merchants together.", {
      from: "2026-10-22T15:00:00.000Z",
      active: 3,
      processed: 120,
      expired: 40,
      cancelled: 5,
      conversion: 0.7273,
      values: [{ currency: "COP", orders: 120, total: 9_240_000, totalMinor: 924_000_000, medianMinor: 6_500_000 }],
      medianMinutesToPay: 2.4,
    }),
  },
  {
    ...shared,
    id: "cleanOrderSessions",
    methods: ["post"],
    path: "/api/admin/order-sessions/cleanup",
    summary: "End order sessions that are over, and delete what nobody can pay any more",
    permission: "orders.change",
    isSameSite: true,
    answer: json(200, cleanedSessions, "The same as comes round every five minutes.", {
      success: true,
      expired: 2,
      deleted: 7,
      deletedCarts: 1,
    }),
  },
] as const satisfies readonly Operation[];
