import { type BookingOptions, bookingOptions } from "#contracts/checkout.ts";
import { amountDue } from "#domain/money.ts";
import { loadCatalog } from "./catalog.ts";

/** Refuses: link_unknown, link_inactive, link_expired. */
export async function loadBookingOptions(linkPublicId: string): Promise<BookingOptions> {
  const { tenant, services, professionals, locations, link, connections, signed } = await loadCatalog(linkPublicId);
  // The shape drops every field that is not for customers.
  return bookingOptions.parse({
    tenant,
    services: services.map((service) => ({
      ...service,
      horizonDays: service.rules.horizonDays,
      durationMinutes: service.rules.durationMinutes,
      amountDueMinor: amountDue(service),
      locationId: (locations.find(({ id }) => id === service.locationId) ?? locations[0])?.id ?? null,
    })),
    locations,
    professionals,
    preselected: link,
    prefill: signed ?? {},
    note: signed?.note ?? null,
    providers: [...new Set(connections.map(({ provider }) => provider))].map((id) => ({ id })),
  });
}
