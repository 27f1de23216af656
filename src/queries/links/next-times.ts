import { Refusal } from "#contracts/problem.ts";
import { env } from "#platform/env.ts";
import { loadAvailability } from "../availability.ts";
import { bookingOf, type CheckoutForWork } from "../checkout-for-work.ts";
import { customersPage } from "../site-address.ts";

const timesMax = 3;

/**
 * The next free times of the same service and professional, for whoever lost theirs. Where the
 * first payer wins, one press leads to the details with what was typed; a time that must be held is
 * held on the lost booking's page. Returns none if the link is over.
 */
export async function nextTimesFor(work: CheckoutForWork): Promise<{ start: string; url: string }[]> {
  const about = bookingOf(work);
  if (!about) return [];
  const { booking, linkPublicId: link, service, professional } = about;
  const asked = { link, serviceId: service.id, professionalId: professional.id, session: null };
  const { slots } = await loadAvailability(asked).catch((error: unknown) => {
    if (error instanceof Refusal) return { slots: [] };
    throw error;
  });
  const free = slots.filter(({ state }) => state === "free").slice(0, timesMax);
  const { id: again, token } = work.page;
  return free.map(({ start }) => {
    const query = new URLSearchParams({ service: service.id, professional: professional.id, start, again, token });
    const isRace = booking.capacity_policy === "first_payer_wins";
    return { start, url: isRace ? `${env().APP_URL}/book/${link}/details?${query}` : customersPage(work.page) };
  });
}
