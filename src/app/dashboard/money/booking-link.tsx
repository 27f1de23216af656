import Link from "next/link";
import { useTranslations } from "next-intl";

/** Of a booking or an order. Of a rest, the booking's page leads on to what it is. */
export function BookingLink({ id, kind }: { id: string; kind: string | null }) {
  const t = useTranslations("money");
  const words = useTranslations("orders");
  const isOrder = kind === "order";
  return (
    <Link
      prefetch={false}
      href={isOrder ? `/dashboard/orders/${id}` : `/dashboard/bookings/${id}`}
      className="inline-flex min-h-11 items-center text-brand-ink underline underline-offset-4"
    >
      {isOrder ? words("openOrder") : t("openBooking")}
    </Link>
  );
}
