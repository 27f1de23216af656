import { CalendarPlus, SearchX } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonStyles } from "#ui/button.tsx";
import { Empty } from "#ui/dashboard/empty.tsx";

/** Nothing at all leads to the link, from which bookings come. A filter can be cleared. */
export function NoBookings({ isFiltered, mayShare }: { isFiltered: boolean; mayShare: boolean }) {
  const t = useTranslations("bookings");
  if (isFiltered)
    return (
      <Empty icon={SearchX} title={t("nothingFound.title")} text={t("nothingFound.text")}>
        <Link href="/dashboard/bookings" className={buttonStyles({ look: "outline" })}>
          {t("filters.clear")}
        </Link>
      </Empty>
    );
  return (
    <Empty icon={CalendarPlus} title={t("empty.title")} text={t("empty.text")}>
      {mayShare && (
        <Link href="/dashboard/links" className={buttonStyles()}>
          {t("empty.share")}
        </Link>
      )}
    </Empty>
  );
}
