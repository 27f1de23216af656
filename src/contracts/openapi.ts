import { z } from "zod";
import {
  availability,
  bookingAnswer,
  bookingOptions,
  bookingRequest,
  bookingState,
  holdAnswer,
  holdRequest,
  paymentRequest,
} from "./checkout.ts";
import { operatorOperations } from "./openapi-operator.ts";
import { problem, type RefusalCode, refusals } from "./problem.ts";

export type Parameter = { name: string; in: "query" | "path" | "header"; required: boolean; description: string };
export type Operation = {
  method: "get" | "post" | "delete";
  path: string;
  summary: string;
  parameters?: Parameter[];
  body?: z.ZodType;
  answer?: { status: number; shape?: z.ZodType; contentType?: string; description: string };
  refusals: RefusalCode[];
};
export type OpenApiDocument = ReturnType<typeof openApiDocument>;

const token: Parameter = { name: "token", in: "query", required: true, description: "The booking's token, from POST /api/bookings." };
const path = (name: string, description: string): Parameter => ({ name, in: "path", required: true, description });
const query = (name: string, description: string): Parameter => ({ name, in: "query", required: true, description });
const session: Parameter = {
  name: "X-Checkout-Session",
  in: "header",
  required: false,
  description: "The customer's session for programs, from POST /api/holds; browsers use the HttpOnly cookie checkout_session.",
};
const idempotencyKey: Parameter = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "A repeat with the same key and body gives the same answer for 24 hours.",
};
const links: RefusalCode[] = ["link_unknown", "link_inactive", "link_expired"];
const changes: RefusalCode[] = [
  "invalid_request",
  "malformed_json",
  "unsupported_media_type",
  "body_too_large",
  "cross_site",
  "https_required",
  "rate_limited",
];

const operations: Operation[] = [
  {
    method: "get",
    path: "/api/booking/{link}/options",
    summary: "What a customer may choose from behind a link",
    parameters: [path("link", "The link's public id.")],
    answer: { status: 200, shape: bookingOptions, description: "The merchant, its services, professionals and payment providers." },
    refusals: links,
  },
  {
    method: "get",
    path: "/api/availability",
    summary: "Slots between two dates, free or temporarily reserved",
    parameters: [
      query("link", "The link's public id."),
      query("service", "Service id."),
      query("professional", "Professional id."),
      query("from", "First date (YYYY-MM-DD) in the tenant's zone."),
      query("to", "Last date, inclusive; at most 62 days."),
      session,
    ],
    answer: { status: 200, shape: availability, description: "Slots in order. The asking session's own hold does not block it." },
    refusals: [...links, "invalid_request", "range_too_long", "slot_not_offered", "rate_limited"],
  },
  {
    method: "post",
    path: "/api/holds",
    summary: "Hold a slot for this customer",
    parameters: [session],
    body: holdRequest,
    answer: {
      status: 201,
      shape: holdAnswer,
      description: "The slot is the session's until expiresAt. Another hold of the session is let go.",
    },
    refusals: [...links, "slot_taken", "slot_not_offered", "too_many_holds", ...changes],
  },
  {
    method: "delete",
    path: "/api/holds/{id}",
    summary: "Let a hold go",
    parameters: [path("id", "The hold's id."), session],
    answer: { status: 204, description: "The slot is free again." },
    refusals: ["hold_unknown", "hold_paying", "cross_site", "https_required", "rate_limited"],
  },
  {
    method: "post",
    path: "/api/bookings",
    summary: "Go to the payment page with a hold (or, under first_payer_wins, with a slot)",
    parameters: [session, idempotencyKey],
    body: bookingRequest,
    answer: {
      status: 201,
      shape: bookingAnswer,
      description: "Send the customer to checkoutUrl. Nothing is real until the money is there.",
    },
    refusals: [
      ...links,
      "hold_unknown",
      "hold_expired",
      "too_many_payments",
      "slot_not_offered",
      "slot_taken",
      "phone_invalid",
      "provider_not_offered",
      "amount_not_payable",
      "already_paid",
      "provider_unavailable",
      "idempotency_key_reused",
      "idempotency_in_progress",
      ...changes,
    ],
  },
  {
    method: "post",
    path: "/api/bookings/{id}/payments",
    summary: "Another try to pay, while the hold lives",
    parameters: [
      path("id", "The booking's id."),
      { ...token, required: false, description: `${token.description} Or the session that made it.` },
      session,
    ],
    body: paymentRequest,
    answer: { status: 201, shape: bookingAnswer, description: "A new payment with a new reference. The end does not move." },
    refusals: [
      "booking_unknown",
      "already_paid",
      "booking_closed",
      "too_many_payments",
      "provider_not_offered",
      "amount_not_payable",
      "provider_unavailable",
      ...changes,
    ],
  },
  {
    method: "get",
    path: "/api/bookings/{id}/status",
    summary: "The state of a booking",
    parameters: [path("id", "The booking's id."), token],
    answer: { status: 200, shape: bookingState, description: "What the booking's page shows." },
    refusals: ["booking_unknown", "rate_limited"],
  },
  {
    method: "get",
    path: "/api/bookings/{id}/events",
    summary: "The state as server-sent events: one `state` at once and one at every change",
    parameters: [path("id", "The booking's id."), token],
    answer: { status: 200, contentType: "text/event-stream", description: "Each event's data is the same object as of /status." },
    refusals: ["booking_unknown", "rate_limited"],
  },
  {
    method: "get",
    path: "/api/bookings/{id}/calendar.ics",
    summary: "The appointment for a calendar, once paid",
    parameters: [path("id", "The booking's id."), token],
    answer: { status: 200, contentType: "text/calendar", description: "An .ics file." },
    refusals: ["booking_unknown", "rate_limited"],
  },
];

/** OpenAPI 3.1, made from the same shapes that the routes parse with. */
export function openApiDocument(serverUrl: string) {
  const paths: Record<string, Record<string, ReturnType<typeof toOpenApi>>> = {};
  for (const operation of [...operations, ...operatorOperations])
    paths[operation.path] = { ...paths[operation.path], [operation.method]: toOpenApi(operation) };
  return {
    openapi: "3.1.0",
    info: {
      title: "Konfirmado",
      version: "1",
      description: "Pay-first booking. Times are ISO 8601 in UTC; amounts are integer minor units (cents) of the currency beside them.",
    },
    servers: [{ url: serverUrl }],
    paths,
    components: { schemas: { Problem: z.toJSONSchema(problem, { io: "output" }) } },
  };
}

function toOpenApi(operation: Operation) {
  const { answer, body } = operation;
  const responses: Record<string, { description: string; content?: Record<string, { schema: unknown }> }> = {};
  if (answer) {
    const type = answer.contentType ?? "application/json";
    const hasBody = answer.status === 200 || answer.status === 201;
    const schema = answer.shape ? z.toJSONSchema(answer.shape, { io: "output" }) : { type: "string" };
    responses[answer.status] = { description: answer.description, ...(hasBody ? { content: { [type]: { schema } } } : {}) };
  }
  for (const code of operation.refusals) {
    const { status, title } = refusals[code];
    const known = responses[status];
    const description = known ? `${known.description}; ${code}: ${title}` : `${code}: ${title}`;
    responses[status] = {
      description,
      content: known?.content ?? { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
    };
  }
  return {
    summary: operation.summary,
    parameters: (operation.parameters ?? []).map((parameter) => ({ ...parameter, schema: { type: "string" } })),
    ...(body
      ? { requestBody: { required: true, content: { "application/json": { schema: z.toJSONSchema(body, { io: "input" }) } } } }
      : {}),
    responses,
  };
}
