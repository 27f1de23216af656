"use client";

import { Search as SearchIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { bookingSearchLengthMax } from "#contracts/desk/booking-limits.ts";

/** Leads to the list. From anywhere on the page `/` leads here, and `n` to the next appointment. */
export function Search() {
  const t = useTranslations("today");
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const isTyping =
        event.target instanceof HTMLElement && event.target.closest("input, select, textarea, [contenteditable], [role=dialog]");
      const target = { "/": "#today-search", n: "[data-next] a" }[event.key];
      if (!target || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      document.querySelector<HTMLElement>(target)?.focus();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
  return (
    <form action="/dashboard/bookings" className="print:hidden">
      <label htmlFor="today-search" className="sr-only">
        {t("search")}
      </label>
      <div className="relative">
        <SearchIcon aria-hidden className="absolute top-1/2 left-4 size-5 -translate-y-1/2 text-muted" />
        <input
          id="today-search"
          name="search"
          type="search"
          maxLength={bookingSearchLengthMax}
          placeholder={t("search")}
          aria-describedby="today-keys"
          className="block min-h-12 w-full rounded-xl border border-edge bg-card py-2.5 pr-4 pl-12 text-base"
        />
      </div>
      <p id="today-keys" className="mt-1 hidden text-muted text-sm lg:block">
        {t("keys")}
      </p>
    </form>
  );
}
