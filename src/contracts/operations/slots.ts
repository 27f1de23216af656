import { z } from "zod";
import {
  availability,
  availabilityDaysDefault,
  availabilityDaysMax,
  availabilityQuery,
  bookingOptionsAnswer,
  holdAnswer,
  holdRequest,
} from "../checkout.ts";
import { visitRequest } from "../metrics/visit.ts";
import { availabilityExample, bookingOptionsExample, holdAnswerExample, holdRequestExample, visitRequestExample } from "./examples.ts";
import { customerChange, customerRead, described, json, type Operation } from "./operation.ts";

export const linkRefusals = ["link_unknown", "link_inactive", "link_expired"] as const;

/** What a customer may choose, and the hold on it. */
export const slotOperations = [
  {
    ...customerRead,
    id: "getBookingOptions",
    path: "/api/booking/{link}/options",
    summary: "What a customer may choose behind a link",
    params: described(z.object({ link: z.string() }), { link: "The link's public id, or a signed link." }),
    answer: json(
      200,
      bookingOptionsAnswer,
      "The merchant, its services and professionals, and the accounts with which a booking can be paid. Whether one of these takes a sum follows from its `amounts`; what does not fit is refused.",
      bookingOptionsExample,
    ),
    refusals: linkRefusals,
  },
  {
    ...customerRead,
    id: "getAvailability",
    path: "/api/availability",
    summary: "Slots between two dates, free or temporarily reserved",
    takesSession: true,
    query: described(availabilityQuery, {
      link: "The link's public id, or a signed link. A link that is given must be live. Without one, the professional's merchant is asked.",
      service: "Service id.",
      professional: "Professional id.",
      from: "First date (YYYY-MM-DD) in the tenant's zone. Default: today.",
      to: `Last date, inclusive; at most ${availabilityDaysMax} days. Default: ${availabilityDaysDefault} dates, the first included.`,
    }),
    isPrivate: true,
    answer: json(200, availability, "Slots in order. The asking session's own hold does not block it.", availabilityExample),
    refusals: [...linkRefusals, "range_too_long", "slot_not_offered"],
  },
  {
    ...customerChange,
    id: "createHold",
    methods: ["post"],
    path: "/api/holds",
    summary: "Hold a slot for this customer",
    limit: "changes",
    takesKey: "maybe_alone",
    takesVisit: true,
    body: holdRequest,
    bodyExamples: { hold: holdRequestExample },
    answer: json(
      201,
      holdAnswer,
      "The slot is the session's until expiresAt, at the price, deposit, length and policy of this moment. Another hold of the session is released. A repeat with the same Idempotency-Key gets the same session. Sessions are made here only: one that the caller chose is not adopted. The booking pages set a cookie first and send `X-Cookie-Probe`: without the cookie, nothing is held.",
      holdAnswerExample,
    ),
    refusals: [...linkRefusals, "slot_taken", "slot_not_offered", "price_changed", "too_many_holds", "cookies_refused"],
  },
  {
    ...customerChange,
    id: "deleteHold",
    methods: ["delete"],
    path: "/api/holds/{id}",
    summary: "Release a hold",
    limit: "changes",
    params: described(z.object({ id: z.uuid() }), { id: "The hold's id." }, "hold_unknown"),
    answer: { status: 204, description: "The slot is free again." },
    refusals: ["hold_paying"],
  },
  {
    ...customerChange,
    id: "countVisit",
    methods: ["post"],
    path: "/api/visits",
    summary: "Say how far a visit came",
    limit: "reads",
    takesVisit: true,
    body: visitRequest,
    bodyExamples: { opened: visitRequestExample },
    answer: {
      status: 204,
      description:
        "Counted, once for each visit and step, unless there is no X-Visit, or a robot asks. Holds and bookings with the same X-Visit count themselves. Nothing personal is kept.",
    },
  },
] as const satisfies readonly Operation[];
