import Link from "next/link";
import { useTranslations } from "next-intl";
import { Amount, BookingDate, BookingTime, bookingAddress, type ListProps, StatusBadges } from "./booking-facts.tsx";

const columns = ["date", "time", "service", "professional", "customer", "status", "amount"] as const;

/** Where there is room. On phones BookingCards shows the same. */
export function BookingTable({ bookings, timezone, locale }: ListProps) {
  const t = useTranslations("bookings");
  return (
    <div className="hidden overflow-x-auto rounded-2xl border border-line bg-card lg:block">
      <table className="w-full text-left text-sm 2xl:text-base" data-testid="bookings">
        <caption className="sr-only">{t("title")}</caption>
        <thead className="border-line border-b text-muted text-sm">
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col" className={name === "amount" ? "px-3 py-3 text-right font-medium" : "px-3 py-3 font-medium"}>
                {t(`columns.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {bookings.map((booking) => (
            <tr key={booking.id} data-row={booking.id} className="cursor-pointer align-top hover:bg-paper has-[a:focus-visible]:bg-paper">
              <td className="whitespace-nowrap px-3 py-3">
                <BookingDate booking={booking} timezone={timezone} />
              </td>
              <td className="whitespace-nowrap px-3 py-3">
                <BookingTime booking={booking} timezone={timezone} locale={locale} />
              </td>
              <td className="px-3 py-3">{booking.service.name}</td>
              <td className="px-3 py-3">{booking.professional.name}</td>
              <th scope="row" className="min-w-44 px-3 py-3 font-normal">
                <Link href={bookingAddress(booking)} prefetch={false} className="font-semibold underline-offset-4 hover:underline">
                  {booking.customer.name}
                </Link>
                <span className="block break-all text-muted text-sm">{booking.customer.email}</span>
                {booking.customer.phone && <span className="block text-muted text-sm">{booking.customer.phone}</span>}
              </th>
              <td className="px-3 py-3">
                <StatusBadges booking={booking} />
              </td>
              <td className="whitespace-nowrap px-3 py-3 text-right tabular-nums">
                <Amount booking={booking} locale={locale} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
