"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { dateInZone } from "#ui/format.ts";

/** Whoever types a date passes through others on the way. */
const typingMs = 800;

/** Leads to a day far ahead without paging by fortnights. It is the browser's own calendar. */
export function AnyDay({ lastDay, shown }: { lastDay: string; shown: string | null }) {
  const t = useTranslations("availability");
  const router = useRouter();
  const [wished, setWished] = useState<string | null>(null);

  useEffect(() => {
    if (wished === null || !/^\d{4}-\d{2}-\d{2}$/.test(wished) || wished > lastDay) return;
    const timer = setTimeout(() => {
      const address = new URL(window.location.href);
      address.searchParams.delete("from");
      address.searchParams.set("day", wished);
      router.push(`${address.pathname}${address.search}`, { scroll: false });
    }, typingMs);
    return () => clearTimeout(timer);
  }, [wished, lastDay, router]);

  return (
    <label className="rounded-xl focus-within:outline-3 focus-within:outline-brand-ink focus-within:outline-offset-2">
      <input
        type="date"
        data-testid="any-day"
        aria-label={t("anyDay")}
        min={dateInZone(new Date().toISOString(), "UTC")}
        max={lastDay}
        value={wished ?? shown ?? ""}
        onChange={(event) => setWished(event.target.value)}
        className="min-h-11 w-36 rounded-xl border border-edge bg-card px-2 text-base sm:w-40"
      />
    </label>
  );
}
