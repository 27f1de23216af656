import { updateService } from "#commands/services/update-service.ts";
import type { Answers } from "#contracts/answers.ts";
import { system as caller } from "#contracts/caller.ts";
import { type ServiceChanges, serviceChanges } from "#contracts/catalog.ts";
import type { CheckoutAnswer, HoldAnswer } from "#contracts/checkout.ts";
import type { Problem } from "#contracts/problem.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { customerOfTests, paysAt, type Reply } from "#tests/support/customer.ts";
import { testedProvider } from "#tests/support/payers/tested-provider.ts";
import type { Place } from "#tests/support/world.ts";

export function changeService({ tenantId, serviceId }: Clinic, changes: ServiceChanges): Promise<unknown> {
  return updateService({ caller, input: { tenantId, serviceId, changes: serviceChanges.parse(changes) } });
}

type Refused = Omit<Problem, "status">;
type Held = HoldAnswer & { session: string };
type Wish = { answers?: Answers; seen?: object; locale?: string; timezone?: string; provider?: string | null };

async function send<T>(url: string, body: object, session?: string): Promise<Reply<T & Refused>> {
  const headers = { "content-type": "application/json", ...(session && { "x-checkout-session": session }) };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  return { status: answer.status, body: (await answer.json()) as T & Refused };
}

/** Books what is held, with answers. */
export function bookHeld(world: Place, clinic: Clinic, held: Held, { provider = testedProvider.id, ...wish }: Wish = {}) {
  const customer = { ...customerOfTests, email: `customer@${clinic.link}.example` };
  const body = { link: clinic.link, holdId: held.id, customer, acceptedTerms: true, ...(provider && paysAt(provider)), ...wish };
  return send<CheckoutAnswer>(`${world.appUrl}/api/bookings`, body, held.session);
}

export function holdSeen(world: Place, clinic: Clinic, wish: { start: string; seen?: object }) {
  const { link, serviceId, professionalId } = clinic;
  return send<Held>(`${world.appUrl}/api/holds`, { link, serviceId, professionalId, ...wish });
}
