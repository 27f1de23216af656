import { CalendarCheck, CalendarClock, CalendarX } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Professional } from "#contracts/professionals.ts";
import { Badge } from "#ui/badge.tsx";

const looks = {
  pending: { icon: CalendarClock, className: "bg-paper text-muted" },
  connected: { icon: CalendarCheck, className: "bg-good-soft text-good" },
  error: { icon: CalendarX, className: "bg-bad-soft text-bad" },
} as const;

/** Told by icon and word, not by colour alone. */
export function CalendarBadge({ status }: { status: Professional["calendarStatus"] }) {
  const t = useTranslations("professionals.status");
  const { icon: Icon, className } = looks[status];
  return (
    <Badge className={className} data-testid={`calendar-${status}`}>
      <Icon aria-hidden className="size-4" />
      {t(status)}
    </Badge>
  );
}
