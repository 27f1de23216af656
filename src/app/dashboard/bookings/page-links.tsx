import Link from "next/link";
import { useTranslations } from "next-intl";
import { withQuery } from "#app/book/address.ts";
import type { BookingFilters } from "#contracts/desk/bookings-list.ts";
import { buttonStyles } from "#ui/button.tsx";

type PageLinksProps = { filters: BookingFilters; isFirst: boolean; nextCursor: string | null };

export function PageLinks({ filters, isFirst, nextCursor }: PageLinksProps) {
  const t = useTranslations("bookings.pages");
  if (isFirst && nextCursor === null) return null;
  return (
    <nav aria-label={t("label")} className="mt-6 flex flex-wrap justify-center gap-3">
      {!isFirst && (
        <Link href={withQuery("/dashboard/bookings", filters)} className={buttonStyles({ look: "outline" })}>
          {t("first")}
        </Link>
      )}
      {nextCursor && (
        <Link href={withQuery("/dashboard/bookings", { ...filters, cursor: nextCursor })} className={buttonStyles({ look: "outline" })}>
          {t("next")}
        </Link>
      )}
    </nav>
  );
}
