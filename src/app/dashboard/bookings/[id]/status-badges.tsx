import { useTranslations } from "next-intl";
import type { DeskBooking } from "#contracts/desk/booking.ts";
import { Badge } from "#ui/badge.tsx";
import { StatusBadge } from "../booking-facts.tsx";

/** How the booking stands, and its money where that says more. */
export function StatusBadges({ booking: { status, paymentStatus, money, attendance } }: { booking: DeskBooking }) {
  const t = useTranslations("booking");
  const isMoneyNews = money.paidMinor > 0 && paymentStatus !== "paid";
  return (
    <>
      <StatusBadge status={status} />
      {isMoneyNews && <Badge data-testid="payment-status">{t(`paymentStatus.${paymentStatus}`)}</Badge>}
      {attendance && <Badge>{t(`attendance.${attendance}`)}</Badge>}
    </>
  );
}
