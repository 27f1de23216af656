import type { BookingState, CheckoutAnswer, HoldAnswer } from "#contracts/checkout.ts";
import type { Problem } from "#contracts/problem.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import type { Clinic } from "./clinic.ts";
import type { Outcome, Paid, PaymentHabits } from "./payers/payer.ts";
import { payerAt, testedProvider } from "./payers/tested-provider.ts";
import type { Place } from "./world.ts";

/** Tests are programs, unless they say where they come from. */
type ProgramsHold = HoldAnswer & { session: string };
type Refused = Omit<Problem, "status">;
export type Reply<T> = { status: number; body: T };

/** The n-th half hour from tomorrow on, so that tests of one clinic do not meet by accident. */
export function slotStart(n: number): string {
  const tomorrow = Math.ceil(Date.now() / 86_400_000) * 86_400_000 + 5 * 3_600_000;
  return new Date(tomorrow + n * 1_800_000).toISOString();
}

async function call<T>(url: string, init: RequestInit & { session?: string | undefined }): Promise<Reply<T>> {
  const headers = new Headers(init.headers);
  if (init.body) headers.set("content-type", "application/json");
  if (init.session) headers.set("x-checkout-session", init.session);
  const answer = await fetch(url, { ...init, headers });
  const text = await answer.text();
  return { status: answer.status, body: (text ? JSON.parse(text) : null) as T };
}

export function hold(world: Place, clinic: Clinic, wish: { start: string; session?: string; serviceId?: string; professionalId?: string }) {
  const body = JSON.stringify({
    link: clinic.link,
    serviceId: wish.serviceId ?? clinic.serviceId,
    professionalId: wish.professionalId ?? clinic.professionalId,
    start: wish.start,
  });
  return call<ProgramsHold & Refused>(`${world.appUrl}/api/holds`, { method: "POST", body, session: wish.session });
}

/** With a document, if the provider asks for one. */
export function paysAt(provider: string): object {
  const asksFor = paymentProvider(provider)?.capabilities.asksFor ?? [];
  return { provider, ...(asksFor.includes("document") && { document: { type: "CC", number: "1020304050" } }) };
}

export const customerOfTests = { name: "Ana María Pérez", email: "ana@example.com", phone: "300 123 4567" };

export function book(
  world: Place,
  clinic: Clinic,
  wish: {
    holdId: string;
    session: string;
    key?: string;
    customer?: typeof customerOfTests;
    provider?: string | undefined;
    locale?: string | undefined;
  },
) {
  const body = JSON.stringify({
    link: clinic.link,
    holdId: wish.holdId,
    customer: wish.customer ?? customerOfTests,
    acceptedTerms: true,
    ...paysAt(wish.provider ?? clinic.provider.id),
    locale: wish.locale,
  });
  const headers: Record<string, string> = wish.key ? { "idempotency-key": wish.key } : {};
  return call<CheckoutAnswer & Refused>(`${world.appUrl}/api/bookings`, { method: "POST", body, session: wish.session, headers });
}

/** Policy first_payer_wins: the slot itself instead of a hold. */
export function bookUnheld(
  world: Place,
  clinic: Clinic,
  wish: { start: string; email?: string; serviceId?: string; provider?: string; locale?: string },
) {
  const { provider = clinic.provider.id, locale } = wish;
  const slot = { serviceId: wish.serviceId ?? clinic.serviceId, professionalId: clinic.professionalId, start: wish.start };
  const customer = { ...customerOfTests, email: wish.email ?? customerOfTests.email };
  const body = JSON.stringify({ link: clinic.link, ...slot, customer, acceptedTerms: true, ...paysAt(provider), locale });
  return call<CheckoutAnswer & Refused>(`${world.appUrl}/api/bookings`, { method: "POST", body });
}

/** Hold and booking in one: what most tests start from. */
export async function reachPaymentPage(
  world: Place,
  clinic: Clinic,
  wish: { start: string; serviceId?: string; professionalId?: string; email?: string; provider?: string; locale?: string },
) {
  const held = await hold(world, clinic, wish);
  if (held.status !== 201) throw new Error(`hold answered ${held.status} ${held.body.code}`);
  const customer = { ...customerOfTests, email: wish.email ?? `customer@${clinic.link}.example` };
  const booked = await book(world, clinic, {
    holdId: held.body.id,
    session: held.body.session,
    customer,
    provider: wish.provider,
    locale: wish.locale,
  });
  if (booked.status !== 201) throw new Error(`booking answered ${booked.status} ${booked.body.code} ${booked.body.detail}`);
  return { ...booked.body, holdId: held.body.id, session: held.body.session };
}

export async function retry(world: Place, booking: { id: string; token: string }, provider = testedProvider.id) {
  const url = `${world.appUrl}/api/bookings/${booking.id}/payments?token=${booking.token}`;
  return call<CheckoutAnswer & Refused>(url, { method: "POST", body: JSON.stringify(paysAt(provider)) });
}

export async function state(world: Place, booking: { id: string; token: string }): Promise<BookingState> {
  return (await call<BookingState>(`${world.appUrl}/api/bookings/${booking.id}/status?token=${booking.token}`, {})).body;
}

/** What the customer does on the provider's page. */
export function pay(world: Pick<Place, "simulatorsUrl">, checkoutUrl: string, outcome: Outcome, habits: PaymentHabits = {}): Promise<Paid> {
  return payerAt(world).pay(checkoutUrl, outcome, habits);
}
