"use client";

import { useTranslations } from "next-intl";
import type { Calendar, CalendarEntry } from "#contracts/desk/calendar.ts";
import { classNames } from "#ui/class-names.ts";
import { formatDay, formatTime, sentenceCase } from "#ui/format.ts";
import { colors, useEntryWords } from "./entry-button.tsx";
import { type Absence, absencesOn, entriesOn } from "./grid.ts";
import type { Open } from "./opened.ts";

type AgendaProps = { calendar: Calendar; dates: readonly string[]; locale: string; timezone: string; onOpen: Open };
type Line = { from: number; entry: CalendarEntry } | { from: number; absence: Absence };

/** One professional's day as a list, for phones. */
export function Agenda({ calendar, dates, locale, timezone, onOpen }: AgendaProps) {
  const t = useTranslations("calendar");
  return (
    <div className="space-y-6" data-testid="agenda">
      {dates.map((date) => {
        const column = { key: date, date, professionals: calendar.professionals };
        const lines: Line[] = [
          ...entriesOn(column, calendar).map(({ from, item: entry }) => ({ from, entry })),
          ...absencesOn(column, timezone).map(({ from, item: absence }) => ({ from, absence })),
        ].toSorted((a, b) => a.from - b.from);
        const title = sentenceCase(formatDay({ instant: `${date}T12:00:00Z`, locale, timezone: "UTC" }));
        return (
          <section key={date} aria-label={title}>
            {dates.length > 1 && <h2 className="mb-2 font-semibold">{title}</h2>}
            {lines.length === 0 && (
              <p className="rounded-xl border border-edge border-dashed px-4 py-6 text-center text-muted">{t("nothing")}</p>
            )}
            <ul className="space-y-2">
              {lines.map((line) => (
                <li key={"entry" in line ? line.entry.id : `${line.absence.exceptionId}-${line.from}`}>
                  {"entry" in line ? (
                    <EntryLine entry={line.entry} names={calendar.professionals} {...{ locale, timezone, onOpen }} />
                  ) : (
                    <AbsenceLine absence={line.absence} {...{ locale, timezone, onOpen }} />
                  )}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

type LineProps = Pick<AgendaProps, "locale" | "timezone" | "onOpen">;
const row = "flex min-h-14 w-full items-center gap-3 rounded-xl border-2 px-3 py-2 text-left";

function EntryLine({ entry, names, locale, timezone, onOpen }: LineProps & { entry: CalendarEntry; names: Calendar["professionals"] }) {
  const words = useEntryWords({ names, locale, timezone })(entry);
  return (
    <button
      type="button"
      onClick={() => onOpen({ kind: "entry", entry })}
      className={classNames(row, colors[entry.state])}
      data-testid="agenda-entry"
      data-id={entry.id}
    >
      <span className="w-22 shrink-0 whitespace-nowrap font-semibold">{words.time}</span>
      <span className="min-w-0 grow text-ink">
        <span className="block break-words font-medium">{words.who}</span>
        <span className="block break-words text-sm">{entry.service.name}</span>
        <span className="block font-medium text-sm">{words.state}</span>
      </span>
    </button>
  );
}

function AbsenceLine({ absence, locale, timezone, onOpen }: LineProps & { absence: Absence }) {
  const t = useTranslations("calendar");
  const [start, end] = [absence.start, absence.end].map((instant) => formatTime({ instant, locale, timezone }));
  return (
    <button
      type="button"
      onClick={() => onOpen({ kind: "absence", absence })}
      className={classNames(row, "border-edge border-dashed bg-line text-ink")}
    >
      <span className="shrink-0 font-semibold">
        {start} – {end}
      </span>
      <span className="min-w-0 break-words">{absence.note || t("entry.absence")}</span>
    </button>
  );
}
