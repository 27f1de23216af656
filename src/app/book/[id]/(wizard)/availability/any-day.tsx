"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { dateInZone } from "#ui/format.ts";

/** A day far ahead, without paging there by fortnights. The browser's own calendar. */
export function AnyDay({ lastDay, shown }: { lastDay: string; shown: string | null }) {
  const t = useTranslations("availability");
  const router = useRouter();

  function goTo(day: string) {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || day > lastDay) return;
    const address = new URL(window.location.href);
    address.searchParams.delete("from");
    address.searchParams.set("day", day);
    router.push(`${address.pathname}${address.search}`, { scroll: false });
  }

  return (
    <input
      type="date"
      data-testid="any-day"
      aria-label={t("anyDay")}
      min={dateInZone(new Date().toISOString(), "UTC")}
      max={lastDay}
      defaultValue={shown ?? undefined}
      onChange={(event) => goTo(event.target.value)}
      className="min-h-11 w-36 rounded-xl border border-edge bg-card px-2 text-base sm:w-40"
    />
  );
}
