"use client";

import { Ban, ChevronLeft, ChevronRight, Printer } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { withQuery } from "#app/book/address.ts";
import type { CalendarProfessional } from "#contracts/desk/calendar.ts";
import { Button, buttonStyles } from "#ui/button.tsx";
import { classNames } from "#ui/class-names.ts";
import { addDays } from "#ui/format.ts";
import type { Chosen } from "./opened.ts";

type ToolbarProps = {
  chosen: Chosen;
  dates: readonly string[];
  today: string;
  professionals: readonly CalendarProfessional[];
  onBlock: (() => void) | null;
};

const square = "inline-flex size-12 shrink-0 items-center justify-center rounded-xl border border-edge bg-card hover:border-ink";
const field = "min-h-12 min-w-0 rounded-xl border border-edge bg-card px-3";

export function Toolbar({ chosen, dates, today, professionals, onBlock }: ToolbarProps) {
  const t = useTranslations("calendar");
  const router = useRouter();
  const addressOf = (more: Partial<Chosen>) => {
    const { day, view, professionalId } = { ...chosen, ...more };
    return withQuery("/dashboard/calendar", { day, view: view === "week" ? view : undefined, professional: professionalId });
  };
  const onChoose = (id: string) => router.push(addressOf({ professionalId: id || undefined }));
  const by = (days: number) => addressOf({ day: addDays(chosen.day, days * dates.length) });
  return (
    <div className="mb-5 flex flex-wrap items-center gap-2">
      <Link href={by(-1)} className={square} data-testid="earlier">
        <ChevronLeft aria-hidden className="size-5" />
        <span className="sr-only">{t("previous")}</span>
      </Link>
      <Link href={addressOf({ day: today })} className={buttonStyles({ look: "outline" })}>
        {t("today")}
      </Link>
      <Link href={by(1)} className={square} data-testid="later">
        <ChevronRight aria-hidden className="size-5" />
        <span className="sr-only">{t("next")}</span>
      </Link>
      <input
        type="date"
        aria-label={t("date")}
        value={chosen.day}
        onChange={({ target }) => target.value && router.push(addressOf({ day: target.value }))}
        className={field}
      />
      <nav aria-label={t("view")} className="flex gap-1">
        {(["day", "week"] as const).map((view) => (
          <Link
            key={view}
            href={addressOf({ view })}
            aria-current={view === chosen.view ? "page" : undefined}
            className={classNames(
              "inline-flex min-h-12 items-center rounded-xl px-4",
              view === chosen.view ? "bg-brand-soft font-semibold text-brand-ink" : "text-muted hover:text-ink",
            )}
          >
            {t(view)}
          </Link>
        ))}
      </nav>
      {professionals.length > 1 && (
        <>
          <WhoSelect
            {...{ professionals, onChoose }}
            chosen={chosen.professionalId ?? ""}
            className="hidden md:block"
            everybody={t("everybody")}
          />
          <WhoSelect {...{ professionals, onChoose }} chosen={chosen.professionalId ?? professionals[0]?.id ?? ""} className="md:hidden" />
        </>
      )}
      <span className="flex gap-2 sm:ml-auto">
        {chosen.view === "day" && (
          <button type="button" onClick={() => print()} className={square}>
            <Printer aria-hidden className="size-5" />
            <span className="sr-only">{t("print")}</span>
          </button>
        )}
        {onBlock && (
          <Button look="outline" onClick={onBlock} data-testid="block">
            <Ban aria-hidden className="size-4" />
            {t("block")}
          </Button>
        )}
      </span>
    </div>
  );
}

type WhoSelectProps = {
  professionals: readonly CalendarProfessional[];
  chosen: string;
  className: string;
  /** A phone shows one at a time, so it has no such choice. */
  everybody?: string;
  onChoose: (id: string) => void;
};

function WhoSelect({ professionals, chosen, className, everybody, onChoose }: WhoSelectProps) {
  const t = useTranslations("calendar");
  return (
    <select
      aria-label={t("who")}
      value={chosen}
      onChange={({ target }) => onChoose(target.value)}
      className={classNames(field, "max-w-full grow sm:max-w-56", className)}
      data-testid="who"
    >
      {everybody && <option value="">{everybody}</option>}
      {professionals.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
