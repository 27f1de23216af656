import Link from "next/link";
import { useTranslations } from "next-intl";

export function BookingLink({ id }: { id: string }) {
  const t = useTranslations("money");
  return (
    <Link
      prefetch={false}
      href={`/dashboard/bookings/${id}`}
      className="inline-flex min-h-11 items-center text-brand-ink underline underline-offset-4"
    >
      {t("openBooking")}
    </Link>
  );
}
