import { z } from "zod";
import {
  availability,
  availabilityDaysDefault,
  availabilityDaysMax,
  availabilityQuery,
  bookingOptions,
  holdAnswer,
  holdRequest,
} from "../checkout.ts";
import { availabilityExample, bookingOptionsExample, holdAnswerExample, holdRequestExample } from "./examples.ts";
import { described, type Operation } from "./operation.ts";

export const linkRefusals = ["link_unknown", "link_inactive", "link_expired"] as const;

/** What a customer may choose, and the hold of what they chose. */
export const slotOperations = [
  {
    id: "getBookingOptions",
    methods: ["get"],
    path: "/api/booking/{link}/options",
    tag: "checkout",
    summary: "What a customer may choose from behind a link",
    callers: ["customer"],
    limit: "reads",
    params: described(z.object({ link: z.string() }), { link: "The link's public id." }),
    answer: {
      status: 200,
      shape: bookingOptions,
      description: "The merchant, its services, professionals and payment providers.",
      example: bookingOptionsExample,
    },
    refusals: linkRefusals,
  },
  {
    id: "getAvailability",
    methods: ["get"],
    path: "/api/availability",
    tag: "checkout",
    summary: "Slots between two dates, free or temporarily reserved",
    callers: ["customer"],
    limit: "reads",
    takesSession: true,
    query: described(availabilityQuery, {
      link: "The link's public id. With it, the link must be live; without it, the professional's merchant is asked.",
      service: "Service id.",
      professional: "Professional id.",
      from: "First date (YYYY-MM-DD) in the tenant's zone. Default: today.",
      to: `Last date, inclusive; at most ${availabilityDaysMax} days. Default: ${availabilityDaysDefault} dates, the first included.`,
    }),
    isPrivate: true,
    answer: {
      status: 200,
      shape: availability,
      description: "Slots in order. The asking session's own hold does not block it.",
      example: availabilityExample,
    },
    refusals: [...linkRefusals, "range_too_long", "slot_not_offered"],
  },
  {
    id: "createHold",
    methods: ["post"],
    path: "/api/holds",
    tag: "checkout",
    summary: "Hold a slot for this customer",
    callers: ["customer"],
    limit: "changes",
    isSameSite: true,
    takesSession: true,
    takesKey: "maybe_alone",
    body: holdRequest,
    bodyExamples: { hold: holdRequestExample },
    answer: {
      status: 201,
      shape: holdAnswer,
      description:
        "The slot is the session's until expiresAt. Price, deposit, length and policy are frozen with it. Another hold of the session is let go. A repeat under the same Idempotency-Key has the same session. The booking pages set a cookie first and send `X-Cookie-Probe`: without the cookie, nothing is held.",
      example: holdAnswerExample,
    },
    refusals: [...linkRefusals, "slot_taken", "slot_not_offered", "price_changed", "too_many_holds", "cookies_refused"],
  },
  {
    id: "deleteHold",
    methods: ["delete"],
    path: "/api/holds/{id}",
    tag: "checkout",
    summary: "Let a hold go",
    callers: ["customer"],
    limit: "changes",
    isSameSite: true,
    takesSession: true,
    params: described(z.object({ id: z.uuid() }), { id: "The hold's id." }, "hold_unknown"),
    answer: { status: 204, description: "The slot is free again." },
    refusals: ["hold_paying"],
  },
] as const satisfies readonly Operation[];
