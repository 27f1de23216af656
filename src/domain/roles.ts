/** What a merchant's people and programs may do. An operation names one of these. */
export const permissions = [
  "tenant.read",
  "tenant.change",
  "services.read",
  "services.change",
  "professionals.read",
  "professionals.change",
  "links.read",
  "links.change",
  "payments.read",
  "payments.change",
  "members.read",
  "members.change",
  "api_keys.read",
  "api_keys.change",
  "bookings.read",
  "bookings.attend",
  "bookings.change",
  "customers.read",
  "customers.change",
  "products.read",
  "products.change",
  "orders.read",
  "orders.change",
  "events.read",
  "metrics.read",
] as const;
export type Permission = (typeof permissions)[number];

export const roleNames = ["owner", "admin", "staff"] as const;
export type Role = (typeof roleNames)[number];

/** Product owners can read this. Every operation of a merchant asks it. */
export const roles: Record<Role, readonly Permission[]> = {
  owner: permissions,
  admin: permissions.filter((permission) => permission !== "api_keys.change"),
  // Of bookings only their own: who came, and notes. Of customers what those bookings say.
  staff: ["tenant.read", "services.read", "professionals.read", "links.read", "bookings.read", "bookings.attend"],
};

/** Programs never manage people or keys: a stolen key must not make others. */
export const keyPermissions: readonly Permission[] = permissions.filter((permission) => !/^(members|api_keys)\./.test(permission));

/** Whom a member may invite, change or remove: nobody above themselves. */
export const mayManage: Record<Role, readonly Role[]> = {
  owner: ["owner", "admin", "staff"],
  admin: ["admin", "staff"],
  staff: [],
};

export function isPermission(word: string): word is Permission {
  return permissions.some((permission) => permission === word);
}
