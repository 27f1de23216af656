import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { withQuery } from "#app/book/address.ts";
import type { Mode } from "#contracts/ledger/ledger.ts";
import { buttonStyles } from "#ui/button.tsx";
import { classNames } from "#ui/class-names.ts";
import { Field } from "#ui/field.tsx";

/** A plain form, and the months beside this one. */
export function MonthChoice({ month, mode }: { month: string; mode: Mode | undefined }) {
  const t = useTranslations("ledger.days");
  const other = (step: number) => withQuery("/dashboard/money/days", { month: monthBeside(month, step), mode });
  return (
    <form action="/dashboard/money/days" aria-label={t("choose")} className="mb-6 flex items-end gap-2 sm:gap-3">
      <Link href={other(-1)} prefetch={false} className={classNames(buttonStyles({ look: "outline" }), "shrink-0 px-3")}>
        <ChevronLeft aria-hidden className="size-5" />
        <span className="sr-only">{t("before")}</span>
      </Link>
      {/* Where a browser has no field for months, one types 2026-11. */}
      <Field key={month} type="month" name="month" label={t("month")} defaultValue={month} pattern="\d{4}-\d{2}" required />
      {mode && <input type="hidden" name="mode" value={mode} />}
      <button type="submit" className={buttonStyles()}>
        {t("show")}
      </button>
      <Link href={other(1)} prefetch={false} className={classNames(buttonStyles({ look: "outline" }), "shrink-0 px-3")}>
        <ChevronRight aria-hidden className="size-5" />
        <span className="sr-only">{t("after")}</span>
      </Link>
    </form>
  );
}

function monthBeside(month: string, step: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + step, 1)).toISOString().slice(0, 7);
}
