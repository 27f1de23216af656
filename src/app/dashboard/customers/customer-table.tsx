import Link from "next/link";
import { useTranslations } from "next-intl";
import { Counts, type CustomersProps, customerAddress, Restrictions, Visit } from "./customer-facts.tsx";

const columns = ["name", "email", "phone", "bookings", "visit"] as const;

/** Where there is room. On phones CustomerCards shows the same. */
export function CustomerTable({ customers, timezone, locale }: CustomersProps) {
  const t = useTranslations("customers");
  return (
    <div className="hidden overflow-x-auto rounded-2xl border border-line bg-card lg:block">
      <table className="w-full text-left text-sm xl:text-base" data-testid="customers">
        <caption className="sr-only">{t("title")}</caption>
        <thead className="border-line border-b text-muted text-sm">
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col" className="px-3 py-3 font-medium">
                {t(`columns.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {customers.map((customer) => (
            <tr key={customer.id} data-row={customer.id} className="cursor-pointer align-top hover:bg-paper has-[a:focus-visible]:bg-paper">
              <th scope="row" className="min-w-44 space-y-1 px-3 py-3 font-normal">
                <Link href={customerAddress(customer)} prefetch={false} className="font-semibold underline-offset-4 hover:underline">
                  <bdi>{customer.name}</bdi>
                </Link>
                <Restrictions {...customer} />
              </th>
              <td className="break-all px-3 py-3">{customer.email ?? "—"}</td>
              <td className="whitespace-nowrap px-3 py-3">{customer.phone ?? "—"}</td>
              <td className="px-3 py-3">
                <Counts customer={customer} />
              </td>
              <td className="px-3 py-3">
                <Visit {...{ customer, timezone, locale }} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
