import { z } from "zod";
import { failedFollowUps, failedFollowUpsMax, followUpsStarted, openFollowUps, openFollowUpsMax } from "#contracts/desk/follow-ups.ts";
import { described, json, merchantChange, merchantRead, type Operation } from "../operation.ts";

const example = {
  followUps: [
    {
      id: "0199c0de-0000-7000-8000-00000000003a",
      job: "deliver-callback",
      event: "booking.paid",
      attempts: 14,
      lastError: "the server answered 500",
      failedAt: "2026-11-24T15:03:27.000Z",
      checkoutId: "0199c0de-0000-7000-8000-000000000002",
      checkoutKind: "booking",
    },
  ],
  total: 1,
};
const change = { ...merchantChange, permission: "payments.change", methods: ["post"] } as const;

/** Mails, rooms and callbacks that have used up their tries. */
export const followUpOperations = [
  {
    ...merchantRead,
    permission: "payments.read",
    id: "listFailedFollowUps",
    path: "/api/follow-ups/failed",
    summary: "What did not go out, the newest first",
    answer: json(200, failedFollowUps, `At most ${failedFollowUpsMax}; \`total\` counts all.`, example),
  },
  {
    ...merchantRead,
    permission: "payments.read",
    id: "listOpenFollowUps",
    path: "/api/follow-ups/open",
    summary: "What is still under way: it runs, is tried again, or waits for another one",
    answer: json(200, openFollowUps, `The next try first. At most ${openFollowUpsMax}.`, {
      followUps: [
        {
          ...{ id: "0199c0de-0000-7000-8000-00000000003b", job: "mail-customer-paid", event: "booking.paid", attempts: 2 },
          ...{ state: "pending", waitsFor: null, lastError: "the mail server does not answer", nextAt: "2026-11-24T15:05:27.000Z" },
          checkoutId: "0199c0de-0000-7000-8000-000000000002",
          checkoutKind: "booking",
        },
      ],
    }),
  },
  // Before the next one, whose id would take this address.
  {
    ...change,
    id: "runFailedFollowUps",
    path: "/api/follow-ups/failed/run",
    summary: "Try all again that have failed",
    answer: json(200, followUpsStarted, `At most ${failedFollowUpsMax} at a time, the oldest first.`, { started: 3 }),
  },
  {
    ...change,
    id: "runFollowUp",
    path: "/api/follow-ups/{id}/run",
    summary: "Try one again, now",
    params: described(z.object({ id: z.uuid() }), { id: "The follow-up's id." }, "follow_up_unknown"),
    answer: json(200, followUpsStarted, "It runs now. What was done already is not done twice.", { started: 1 }),
    refusals: ["follow_up_over"],
  },
] as const satisfies readonly Operation[];
