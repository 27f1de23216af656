import { randomUUID } from "node:crypto";
import type { CheckoutAnswer, HoldAnswer } from "#contracts/checkout.ts";
import type { VisitRequest } from "#contracts/metrics/visit.ts";
import type { Clinic } from "../clinic.ts";
import { customerOfTests, paysAt } from "../customer.ts";
import { testedProvider } from "../payers/tested-provider.ts";
import type { Place } from "../world.ts";

export const phoneBrowser = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36";
export const robotBrowser = "Mozilla/5.0 (compatible; Googlebot/2.1)";

type Wish = { browser?: string; visit?: string; campaign?: Record<string, string> };

/** Walks as the booking page does, with the id of one visit. */
export function visitor(place: Place, clinic: Clinic, { browser = phoneBrowser, visit = randomUUID(), campaign }: Wish = {}) {
  const send = async <Answer>(path: string, json: object, session?: string): Promise<{ status: number; body: Answer }> => {
    const headers = { "content-type": "application/json", "user-agent": browser, "x-visit": visit };
    const answer = await fetch(place.appUrl + path, {
      method: "POST",
      headers: session ? { ...headers, "x-checkout-session": session } : headers,
      body: JSON.stringify(json),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text ? JSON.parse(text) : null) as Answer };
  };
  const { link, serviceId, professionalId } = clinic;
  const tell = (step: VisitRequest["step"], more: object = {}) =>
    send<null>("/api/visits", { link, step, ...(campaign && { campaign }), ...more });
  return {
    visit,
    open: () => tell("opened"),
    choose: () => tell("service", { serviceId, professionalId }),
    tell,
    hold: async (start: string) =>
      (await send<HoldAnswer & { session: string }>("/api/holds", { link, serviceId, professionalId, start })).body,
    book: (held: { id: string; session: string }, provider: string = testedProvider.id) =>
      send<CheckoutAnswer>(
        "/api/bookings",
        { link, holdId: held.id, customer: customerOfTests, acceptedTerms: true, ...paysAt(provider), ...(campaign && { campaign }) },
        held.session,
      ),
  };
}
