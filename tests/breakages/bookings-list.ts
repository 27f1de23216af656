import type { Breakage } from "./breakage.ts";

const list = "tests/http/desk/bookings-list.test.ts";
const plans = "tests/database/booking-plans.test.ts";

/** Who sees which bookings, and what a search finds. */
export const bookingsList: Breakage[] = [
  {
    guarantee: "staff see no bookings but their own",
    file: "src/contracts/caller.ts",
    find: "return wanted === undefined || wanted === onlyOf.professionalId ? onlyOf.professionalId : null;",
    replace: "return wanted ?? onlyOf.professionalId;",
    noticedBy: [list],
  },
  {
    guarantee: "a search tells nothing of phone numbers to who may not see them",
    file: "src/queries/desk/find-places.ts",
    find: "{ ...search, digits: null }",
    replace: "search",
    noticedBy: [list],
  },
  {
    guarantee: "no row and no file has a phone number for who may not see it",
    file: "src/queries/desk/bookings-list.ts",
    find: "phone: seesPhones ? row.customer_phone : null",
    replace: "phone: row.customer_phone",
    noticedBy: [list],
  },
  {
    guarantee: "percent signs and underscores are searched as such",
    file: "src/domain/desk/booking-search.ts",
    find: "const literal = word.",
    replace: "const literal = word;\n  word.",
    noticedBy: [list],
  },
  {
    guarantee: "appointments that begin together stand on one page once",
    file: "src/queries/desk/find-places.ts",
    find: "(b.starts_at, b.id) ${beyond} (${after.at}::timestamptz, ${after.id}::uuid)",
    replace: "b.starts_at ${beyond} ${after.at}::timestamptz",
    noticedBy: [list],
  },
  {
    guarantee: "what is rare is found behind thousands of others",
    file: "src/queries/desk/find-places.ts",
    find: "...(await placesAmong(tx, { ...wanted, after, rare, count: count - found.length }))",
    replace: "",
    noticedBy: [list],
  },
  {
    guarantee: "a search reads one merchant's customers",
    file: "db/functions/desk/find_bookings.sql",
    find: "c.tenant_id::text = current_tenant()::text and (",
    replace: "(",
    noticedBy: [plans],
  },
];
