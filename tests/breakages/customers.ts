import type { Breakage } from "./breakage.ts";

const customers = "tests/http/customers/customers.test.ts";
const restrictions = "tests/http/customers/restrictions.test.ts";
const erase = "tests/http/customers/erase.test.ts";
const races = "tests/races/customers.test.ts";

/** Who may see a customer, who may not book, and that an erased person is gone. */
export const customerBreakages: Breakage[] = [
  {
    guarantee: "staff see no customer",
    file: "src/domain/roles.ts",
    find: '"bookings.read", "bookings.attend"],',
    replace: '"bookings.read", "bookings.attend", "customers.read"],',
    noticedBy: [customers],
  },
  {
    guarantee: "staff are led to no customer by a booking of theirs",
    file: "src/queries/desk/booking-page.ts",
    find: 'viewer.permissions.includes("customers.read") ? row.customer_id : null',
    replace: "row.customer_id",
    noticedBy: [customers],
  },
  {
    guarantee: "a search of customers reads one merchant's",
    file: "db/functions/customers/find_customers.sql",
    find: "c.tenant_id::text = current_tenant()::text and (",
    replace: "(",
    noticedBy: [customers],
  },
  {
    guarantee: "erasing a person leaves no payment page that carries their name",
    file: "src/commands/customers/personal-data.ts",
    find: "update payment set checkout_url = null",
    replace: "update payment set checkout_url = checkout_url",
    noticedBy: [erase],
  },
  {
    guarantee: "erasing a person leaves no callback with their name",
    file: "src/commands/customers/personal-data.ts",
    find: "jsonb_build_object('nombre', ${erasedName}::text, 'email', '', 'telefono', '')",
    replace: "body::jsonb -> 'usuario'",
    noticedBy: [erase],
  },
  {
    guarantee: "erasing a person reaches what their deposit left, also if nobody has paid it",
    file: "src/queries/customers/erase-refusal.ts",
    find: "where b.tenant_id = current_tenant() and b.customer_id = any (${ids})",
    replace: "where b.tenant_id = current_tenant() and b.customer_id = any (${ids}) and k.paid_charge_id is not null",
    noticedBy: [erase],
  },
  {
    guarantee: "erasing a person takes nothing of somebody else with their number",
    file: "src/queries/customers/erase-refusal.ts",
    find: "o.customer_id <> all (${ids}))",
    replace: "o.customer_id <> all (${ids}) and false)",
    noticedBy: [erase],
  },
  {
    guarantee: "who is erased while a rest is asked for leaves no name in it",
    file: "src/commands/customers/erase-customer.ts",
    find: "    await lockCheckouts(tx, before);\n",
    replace: "",
    noticedBy: [races],
  },
  {
    guarantee: "nobody is erased while money is on its way back to them",
    file: "src/queries/customers/erase-refusal.ts",
    find: 'if (found?.has_refunds) return "customer_has_refunds";',
    replace: "",
    noticedBy: [erase],
  },
  {
    guarantee: "whoever is blocked books nothing online",
    file: "src/commands/customers/require-welcome.ts",
    find: 'if (isBlocked) throw new Refusal("customer_blocked");',
    replace: "",
    noticedBy: [restrictions],
  },
  {
    guarantee: "whoever is blocked under one address is so under all",
    file: "src/queries/customers/welcome.ts",
    find: "('phone', phone_digits(${phone}))",
    replace: "('phone', ${phone})",
    noticedBy: [restrictions],
  },
  {
    guarantee: "whoever pays in full is told before they pay",
    file: "src/commands/bookings/start-booking.ts",
    find: "if (!seen && offer !== offered) throw new Refusal(",
    replace: "if (offer.amountMinor < 0) throw new Refusal(",
    noticedBy: [restrictions],
  },
  {
    guarantee: "whoever pays becomes a customer",
    file: "db/functions/customers/keep_customers.sql",
    find: "where k.id = any (p_ids);",
    replace: "where k.id = any (p_ids) and k.customer_name = '';",
    noticedBy: [customers, races],
  },
  {
    guarantee: "two who share a number and pay at once are one customer",
    file: "db/functions/customers/keep_customers.sql",
    find: "if owner is not null then",
    replace: "if owner is null then",
    noticedBy: [races],
  },
];
