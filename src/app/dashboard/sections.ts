import type { Permission } from "#contracts/caller.ts";

/** The dashboard's pages, in the order of the menu. A page without a permission is everybody's. */
export const sections = [
  { name: "home", href: "/dashboard" },
  { name: "bookings", href: "/dashboard/bookings", permission: "bookings.read" },
  { name: "calendar", href: "/dashboard/calendar", permission: "bookings.read" },
  { name: "orders", href: "/dashboard/orders", permission: "orders.read" },
  { name: "customers", href: "/dashboard/customers", permission: "customers.read" },
  { name: "services", href: "/dashboard/services", permission: "services.read" },
  { name: "professionals", href: "/dashboard/professionals", permission: "professionals.read" },
  { name: "money", href: "/dashboard/money", permission: "payments.read" },
  { name: "links", href: "/dashboard/links", permission: "links.read" },
  { name: "metrics", href: "/dashboard/metrics", permission: "metrics.read" },
  { name: "audit", href: "/dashboard/audit", permission: "events.read" },
] as const satisfies readonly Section[];

/** What is there once a merchant has a shop. Without one, the last alone explains it. */
export const shopSections = [
  { name: "products", href: "/dashboard/products", permission: "products.read" },
  { name: "discounts", href: "/dashboard/discounts", permission: "products.read" },
  { name: "shop", href: "/dashboard/shop", permission: "products.read" },
] as const satisfies readonly Section[];

export const settings = [
  { name: "general", href: "/dashboard/settings", permission: "tenant.change" },
  { name: "branding", href: "/dashboard/settings/branding", permission: "tenant.change" },
  { name: "locations", href: "/dashboard/settings/locations", permission: "tenant.change" },
  { name: "booking", href: "/dashboard/settings/booking", permission: "tenant.change" },
  { name: "payments", href: "/dashboard/settings/payments", permission: "payments.read" },
  { name: "callbacks", href: "/dashboard/settings/callbacks", permission: "tenant.change" },
  { name: "apiKeys", href: "/dashboard/settings/api-keys", permission: "api_keys.read" },
  { name: "team", href: "/dashboard/settings/team", permission: "members.read" },
  { name: "notices", href: "/dashboard/settings/notices", permission: "bookings.read" },
  { name: "security", href: "/dashboard/settings/security" },
] as const satisfies readonly Section[];

type Section = { name: string; href: `/dashboard${string}`; permission?: Permission };
export type SectionName = (typeof sections)[number]["name"] | (typeof shopSections)[number]["name"] | (typeof settings)[number]["name"];
export type MenuEntry = { name: SectionName; href: string };

export function allowed(list: readonly (MenuEntry & { permission?: Permission })[], permissions: readonly Permission[]): MenuEntry[] {
  return list
    .filter(({ permission }) => permission === undefined || permissions.includes(permission))
    .map(({ name, href }) => ({ name, href }));
}
