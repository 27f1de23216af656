import type { BookingOptions } from "#contracts/checkout.ts";

export type Service = BookingOptions["services"][number];
export type Professional = BookingOptions["professionals"][number];
export type Choice = { service: Service | null; professional: Professional | null; professionals: Professional[] };

/**
 * Chooses by the address, else by the link, else because there is only one. A professional who does
 * not give the chosen service is not chosen.
 */
export function choose(options: BookingOptions, query: { service?: string; professional?: string }): Choice {
  const service = chosen(options.services, query.service, options.preselected.serviceId);
  const professionals = service ? options.professionals.filter((one) => one.serviceIds.includes(service.id)) : options.professionals;
  const professional = chosen(professionals, query.professional, options.preselected.professionalId);
  return { service, professional, professionals };
}

function chosen<Item extends { id: string }>(items: Item[], wanted: string | undefined, preselected: string | null): Item | null {
  const byId = (id: string | null | undefined) => items.find((item) => item.id === id);
  return byId(wanted) ?? byId(preselected) ?? (items.length === 1 ? items[0] : null) ?? null;
}
