import type { CustomersFilters, ListedCustomer } from "#contracts/customers/customers.ts";
import { allCustomers } from "./customers-list.ts";

/** Named as an import reads them; it passes over what an import cannot say. */
export const customerColumns = [
  ...["id", "name", "email", "phone", "since", "bookings", "no_shows"],
  ...["last_appointment", "next_appointment", "blocked", "full_payment_only"],
];

/** The cells of every customer that the filters leave, piece by piece. */
export async function* customerLines(wish: { tenantId: string; filters: CustomersFilters }) {
  for await (const rows of allCustomers(wish)) yield rows.map(cellsOf);
}

const cellsOf = ({ id, name, email, phone, since, bookings, noShows, lastAt, nextAt, isBlocked, paysInFull }: ListedCustomer) => [
  ...[id, name, email, phone, since.slice(0, 10), bookings, noShows, lastAt, nextAt],
  ...[isBlocked ? "yes" : "no", paysInFull ? "yes" : "no"],
];
