import { useTranslations } from "next-intl";
import type { DeskBooking } from "#contracts/desk/booking.ts";
import { Badge } from "#ui/badge.tsx";

const looks: Record<DeskBooking["status"], string> = {
  pending: "bg-paper text-muted",
  paid: "bg-warn-soft text-warn",
  confirmed: "bg-good-soft text-good",
  failed: "bg-bad-soft text-bad",
  expired: "bg-paper text-muted",
  cancelled: "bg-bad-soft text-bad",
};

/** How the booking stands, and its money where that says more. */
export function StatusBadges({ booking: { status, paymentStatus, money, attendance } }: { booking: DeskBooking }) {
  const t = useTranslations("booking");
  const isMoneyNews = money.paidMinor > 0 && paymentStatus !== "paid";
  return (
    <>
      <Badge className={looks[status]} data-testid="status" data-status={status}>
        {t(`status.${status}`)}
      </Badge>
      {isMoneyNews && <Badge data-testid="payment-status">{t(`paymentStatus.${paymentStatus}`)}</Badge>}
      {attendance && <Badge>{t(`attendance.${attendance}`)}</Badge>}
    </>
  );
}
