import type { BookingOptions } from "#contracts/checkout.ts";
import { amountDue } from "#domain/money.ts";
import { loadCatalog } from "./catalog.ts";

/** What a customer may choose from behind a link. Refuses: link_unknown, link_inactive, link_expired. */
export async function loadBookingOptions(linkPublicId: string): Promise<BookingOptions> {
  const { tenant, services, professionals, link, connections } = await loadCatalog(linkPublicId);
  return {
    tenant: {
      name: tenant.name,
      logoUrl: tenant.logoUrl,
      primaryColor: tenant.primaryColor,
      secondaryColor: tenant.secondaryColor,
      timezone: tenant.timezone,
      locale: tenant.locale,
      country: tenant.country,
    },
    services: services.map((service) => ({
      id: service.id,
      name: service.name,
      description: service.description,
      imageUrl: service.imageUrl,
      horizonDays: service.rules.horizonDays,
      durationMinutes: service.rules.durationMinutes,
      priceMinor: service.priceMinor,
      currency: service.currency,
      chargeType: service.chargeType,
      amountDueMinor: amountDue(service),
      capacityPolicy: service.capacityPolicy,
      online: service.online,
    })),
    professionals: professionals.map(({ id, name, description, photoUrl, serviceIds }) => ({
      id,
      name,
      description,
      photoUrl,
      serviceIds,
    })),
    preselected: { serviceId: link.serviceId, professionalId: link.professionalId },
    providers: [...new Set(connections.map((connection) => connection.provider))].map((id) => ({ id })),
  };
}
