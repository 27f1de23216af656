import type { Availability, BookingRequest, BookingState, CheckoutAnswer, HoldAnswer, HoldRequest } from "#contracts/checkout.ts";
import type { CustomerDocument } from "#contracts/choice/document.ts";
import type { Problem, Shown } from "#contracts/problem.ts";
import { doCookiesWork } from "./cookies-work.ts";
import { noteChange } from "./fresh/last-change.ts";
import { visitHeader } from "./wizard/visit.ts";

/** The customers' pages' only way to the API, on the same origin. The server checks the shapes. */

/** Any answer but the expected one. The catalogue has words for each code under `errors`. */
export class ApiProblem extends Error {
  readonly code: string;
  readonly errors: NonNullable<Problem["errors"]>;
  /** What holds now. */
  readonly shown: Shown;
  constructor(code: string, errors: Problem["errors"] = [], shown: Shown = {}) {
    super(code);
    this.name = "ApiProblem";
    this.code = code;
    this.errors = errors;
    this.shown = shown;
  }
}

const timeoutMs = 20_000;

export function getAvailability(query: Record<"link" | "service" | "professional", string>): Promise<Availability> {
  return call("GET", `/api/availability?${new URLSearchParams(query)}`);
}

export function postHold(body: HoldRequest): Promise<HoldAnswer> {
  if (!doCookiesWork()) return Promise.reject(new ApiProblem("cookies_refused"));
  return call("POST", "/api/holds", { body, headers: { "x-cookie-probe": "set", ...visitHeader(body.link) } });
}

export async function deleteHold(id: string): Promise<void> {
  await call("DELETE", `/api/holds/${encodeURIComponent(id)}`);
}

export function postBooking(body: BookingRequest, idempotencyKey: string): Promise<CheckoutAnswer> {
  return call("POST", "/api/bookings", { body, idempotencyKey, headers: visitHeader(body.link) });
}

type PaymentWish = { connection?: string; document?: CustomerDocument; acceptedTerms?: true };
export function postPayment(booking: { id: string; token: string }, body: PaymentWish, idempotencyKey: string): Promise<CheckoutAnswer> {
  return call("POST", `${bookingAddress(booking)}/payments${tokenOf(booking)}`, { body, idempotencyKey });
}

export function getBookingStatus(booking: { id: string; token: string }): Promise<BookingState> {
  return call("GET", `${bookingAddress(booking)}/status${tokenOf(booking)}`);
}

/** Only what the customer was shown comes back: `backMinor` is part of the question. */
export function postOwnCancellation(booking: { id: string; token: string }, backMinor: number): Promise<BookingState> {
  return call("POST", `${bookingAddress(booking)}/own-cancellation${tokenOf(booking)}`, { body: { backMinor } });
}

export function postOwnMove(booking: { id: string; token: string }, body: { start: string; from: string }): Promise<BookingState> {
  return call("POST", `${bookingAddress(booking)}/own-move${tokenOf(booking)}`, { body });
}

export function eventsAddress(booking: { id: string; token: string }): string {
  return `${bookingAddress(booking)}/events${tokenOf(booking)}`;
}

export function calendarAddress(booking: { id: string; token: string }): string {
  return `${bookingAddress(booking)}/calendar.ics${tokenOf(booking)}`;
}

/** `randomUUID` exists only on https and localhost, and people test by network address. */
export function newIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function bookingAddress({ id }: { id: string }): string {
  return `/api/bookings/${encodeURIComponent(id)}`;
}

function tokenOf({ token }: { token: string }): string {
  return `?${new URLSearchParams({ token })}`;
}

type CallOptions = { body?: unknown; idempotencyKey?: string; headers?: Record<string, string> };

export async function call<Answer>(method: string, address: string, options: CallOptions = {}): Promise<Answer> {
  const headers: Record<string, string> = { accept: "application/json", ...options.headers };
  if (options.body !== undefined) headers["content-type"] = "application/json";
  if (options.idempotencyKey) headers["idempotency-key"] = options.idempotencyKey;
  const init: RequestInit = { method, headers, cache: "no-store", signal: AbortSignal.timeout(timeoutMs) };
  if (options.body !== undefined) init.body = JSON.stringify(options.body);
  const response = await fetch(address, init).catch(() => {
    throw new ApiProblem("unreachable");
  });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw problemOf(answer);
  if (method !== "GET") noteChange();
  return answer as Answer;
}

export function problemOf(answer: unknown): ApiProblem {
  if (typeof answer !== "object" || answer === null || !("code" in answer)) return new ApiProblem("internal");
  const errors = "errors" in answer && Array.isArray(answer.errors) ? answer.errors : [];
  return new ApiProblem(String(answer.code), errors, answer as Shown);
}
