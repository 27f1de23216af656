import Link from "next/link";
import { Amount, BookingDate, BookingTime, bookingAddress, type ListProps, StatusBadges } from "./booking-facts.tsx";

/** On phones; the whole card leads to the booking. */
export function BookingCards({ bookings, timezone, locale }: ListProps) {
  return (
    <ul className="space-y-3 lg:hidden" data-testid="booking-cards">
      {bookings.map((booking) => (
        <li key={booking.id} data-row={booking.id}>
          <Link
            href={bookingAddress(booking)}
            prefetch={false}
            className="block space-y-1.5 rounded-2xl border border-line bg-card p-4 hover:border-edge"
          >
            <span className="flex flex-wrap items-baseline justify-between gap-x-3">
              <span className="font-semibold">
                <BookingDate booking={booking} timezone={timezone} />, <BookingTime booking={booking} timezone={timezone} locale={locale} />
              </span>
              <span className="text-right tabular-nums">
                <Amount booking={booking} locale={locale} />
              </span>
            </span>
            <span className="block break-words">{booking.customer.name}</span>
            <span className="block text-muted text-sm">
              {booking.service.name} · {booking.professional.name}
            </span>
            <StatusBadges booking={booking} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
