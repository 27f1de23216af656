import type { BookingRequest, CheckoutAnswer } from "#contracts/checkout.ts";
import { ApiProblem, newIdempotencyKey, postBooking } from "#ui/api.ts";

type Sent = { request: BookingRequest; key: string };

/** Answers that leave open what became of the request. */
const unknownEnds = ["unreachable", "internal", "idempotency_in_progress", "database_unavailable"];
const placeOf = (link: string) => `konfirmado.unanswered.${link}`;
/** For a browser that forbids storage. */
let kept: Sent | null = null;

/**
 * The answer brings the browser's new session, and only the same key gets it again. So a request
 * without an answer is repeated first, also after a reload.
 */
export async function sendBooking(request: BookingRequest): Promise<CheckoutAnswer> {
  const before = unanswered(request.link);
  if (before && JSON.stringify(before.request) === JSON.stringify(request)) return send(before);
  if (before) await send(before).catch(throwUnknown);
  return send({ request, key: newIdempotencyKey() });
}

/** Returns null if every request of this tab was answered, or the last one is refused now. */
export async function repeatUnanswered(link: string): Promise<CheckoutAnswer | null> {
  const before = unanswered(link);
  return before ? send(before).catch(() => null) : null;
}

async function send(sent: Sent): Promise<CheckoutAnswer> {
  keep(sent.request.link, sent);
  try {
    const answer = await postBooking(sent.request, sent.key);
    keep(sent.request.link, null);
    return answer;
  } catch (error) {
    if (!isUnknown(error)) keep(sent.request.link, null);
    throw error;
  }
}

const isUnknown = (error: unknown): boolean => !(error instanceof ApiProblem) || unknownEnds.includes(error.code);

function throwUnknown(error: unknown): void {
  if (isUnknown(error)) throw error;
}

function keep(link: string, sent: Sent | null): void {
  kept = sent;
  try {
    if (sent) sessionStorage.setItem(placeOf(link), JSON.stringify(sent));
    else sessionStorage.removeItem(placeOf(link));
  } catch {
    // Forbidden or full: `kept` has it.
  }
}

function unanswered(link: string): Sent | null {
  if (kept?.request.link === link) return kept;
  try {
    return JSON.parse(sessionStorage.getItem(placeOf(link)) ?? "null") as Sent | null;
  } catch {
    return null;
  }
}
