import Link from "next/link";
import { Counts, type CustomersProps, customerAddress, Restrictions, Visit } from "./customer-facts.tsx";

/** On phones; the whole card leads to the customer. */
export function CustomerCards({ customers, timezone, locale }: CustomersProps) {
  return (
    <ul className="space-y-3 lg:hidden" data-testid="customer-cards">
      {customers.map((customer) => (
        <li key={customer.id} data-row={customer.id}>
          <Link
            href={customerAddress(customer)}
            prefetch={false}
            className="block space-y-1.5 rounded-2xl border border-line bg-card p-4 hover:border-edge"
          >
            <span className="block break-words font-semibold">
              <bdi>{customer.name}</bdi>
            </span>
            {customer.email && <span className="block break-all text-muted text-sm">{customer.email}</span>}
            {customer.phone && <span className="block text-muted text-sm">{customer.phone}</span>}
            <span className="block text-sm">
              <Counts customer={customer} />
            </span>
            <span className="block text-muted text-sm">
              <Visit {...{ customer, timezone, locale }} />
            </span>
            <Restrictions {...customer} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
