"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { type MouseEvent, type PointerEvent, useRef } from "react";
import { withQuery } from "#app/book/address.ts";
import type { Calendar, CalendarEntry } from "#contracts/desk/calendar.ts";
import { classNames } from "#ui/class-names.ts";
import { instantOf } from "#ui/dashboard/wall-clock.ts";
import { formatColumnDay, formatDay, formatHour } from "#ui/format.ts";
import { EntryButton } from "./entry-button.tsx";
import { absencesOn, type Column, entriesOn, hoursShown, openOn, type Stretch, type View } from "./grid.ts";
import { NowLine } from "./now-line.tsx";
import { canBeMoved, type Open, type Rights } from "./opened.ts";
import { type Dropped, useDrag } from "./use-drag.ts";

/** Half an hour is high enough for a finger. */
export const pixelsPerMinute = 1.6;
/** Where a press or a drop falls. */
const stepMinutes = 15;

type CalendarGridProps = {
  calendar: Calendar;
  columns: readonly Column[];
  view: View;
  locale: string;
  timezone: string;
  today: string;
  rights: Rights;
  onOpen: Open;
  renderedAt: number;
};

export function CalendarGrid({ calendar, columns, view, locale, timezone, today, rights, onOpen, renderedAt }: CalendarGridProps) {
  const hours = hoursShown(columns, calendar);
  const height = (hours.until - hours.from) * pixelsPerMinute;
  const frame = useRef<HTMLDivElement>(null);
  const onDrop = ({ entry, columnKey, minutes }: Dropped) => {
    const column = columns.find(({ key }) => key === columnKey);
    if (!column) return;
    const professionalId = view === "day" ? column.key : entry.professionalId;
    onOpen({ kind: "move", entry, to: { professionalId, start: instantOf({ date: column.date, minutes }, timezone) } });
  };
  const drag = useDrag({ frame, firstMinute: hours.from, pixelsPerMinute, stepMinutes, onDrop });
  return (
    <div className="overflow-x-auto rounded-2xl border border-line bg-card">
      <div ref={frame} className="relative flex min-w-full" style={{ minWidth: `${56 + columns.length * 120}px` }}>
        <HourMarks hours={hours} locale={locale} />
        {columns.map((column) => (
          <GridColumn
            key={column.key}
            {...{ calendar, column, view, hours, height, locale, timezone, today, rights, onOpen, renderedAt }}
            ghost={drag.ghost?.columnKey === column.key ? drag.ghost : null}
            onGrab={drag.grab}
          />
        ))}
      </div>
    </div>
  );
}

const headHeight = 56;

function HourMarks({ hours, locale }: { hours: Stretch; locale: string }) {
  const marks = Array.from({ length: (hours.until - hours.from) / 60 }, (_, index) => hours.from + index * 60);
  return (
    <div aria-hidden className="sticky left-0 z-10 w-14 shrink-0 bg-card" style={{ paddingTop: headHeight }}>
      {marks.map((minutes) => (
        <div key={minutes} className="whitespace-nowrap pr-2 text-right text-muted text-xs" style={{ height: 60 * pixelsPerMinute }}>
          {formatHour(minutes / 60, locale)}
        </div>
      ))}
    </div>
  );
}

type GridColumnProps = Omit<CalendarGridProps, "columns"> & {
  column: Column;
  hours: Stretch;
  height: number;
  ghost: { minutes: number; lengthMinutes: number } | null;
  onGrab: (event: PointerEvent, entry: CalendarEntry) => void;
};

function GridColumn(props: GridColumnProps) {
  const { calendar, column, view, hours, height, locale, timezone, today, rights, onOpen, ghost } = props;
  const t = useTranslations("calendar");
  const [only] = column.professionals;
  const isOnly = column.professionals.length === 1;
  const noon = `${column.date}T12:00:00Z`;
  const title = view === "day" ? (only?.name ?? "") : formatDay({ instant: noon, locale, timezone: "UTC" });
  const at = ({ from, until }: Stretch) => ({ top: (from - hours.from) * pixelsPerMinute, height: (until - from) * pixelsPerMinute });
  const entries = entriesOn(column, calendar);
  const onEmpty = (event: MouseEvent<HTMLDivElement>) => {
    if (event.target !== event.currentTarget || !(rights.mayBlock || rights.mayMove) || !only || !isOnly) return;
    const pressed = hours.from + (event.clientY - event.currentTarget.getBoundingClientRect().top) / pixelsPerMinute;
    const minutes = Math.floor(pressed / stepMinutes) * stepMinutes;
    onOpen({ kind: "empty", place: { professionalId: only.id, start: instantOf({ date: column.date, minutes }, timezone) } });
  };
  return (
    <section aria-label={title} className="min-w-0 flex-1 border-line border-l" data-testid="column" data-key={column.key}>
      <h2
        className={classNames(
          "flex items-center truncate border-line border-b px-2 font-semibold text-sm",
          column.date === today && view === "week" && "text-brand-ink",
        )}
        style={{ height: headHeight }}
      >
        {view === "day" ? (
          title
        ) : (
          <Link href={withQuery("/dashboard/calendar", { day: column.date })} className="inline-flex min-h-11 items-center hover:underline">
            {formatColumnDay(column.date, locale)}
          </Link>
        )}
      </h2>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the toolbar's button does the same for a keyboard */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
      <div className="relative bg-paper" style={{ height }} data-column={column.key} onClick={onEmpty}>
        {openOn(column, timezone).map((stretch) => (
          <div
            key={`${stretch.from}-${stretch.until}`}
            aria-hidden
            className="pointer-events-none absolute inset-x-0 bg-card"
            style={at(stretch)}
          />
        ))}
        <HourLines hours={hours} />
        {absencesOn(column, timezone, hours).map(({ item, ...stretch }) => (
          <button
            key={`${item.exceptionId}-${stretch.from}`}
            type="button"
            onClick={() => onOpen({ kind: "absence", absence: item })}
            className={classNames(
              "absolute flex items-start overflow-hidden border border-edge border-dashed bg-line px-2 py-1 text-left text-ink text-xs",
              isOnly ? "inset-x-0" : "right-0 w-1/3",
            )}
            style={at(stretch)}
            data-testid="absence"
          >
            {item.note || t("entry.absence")}
            {!isOnly && ` · ${item.professional.name}`}
          </button>
        ))}
        {entries.map((placed) => (
          <EntryButton
            key={placed.item.id}
            placed={placed}
            style={{
              ...at(placed),
              left: `calc(${(placed.lane / placed.lanes) * 100}% + 2px)`,
              width: `calc(${100 / placed.lanes}% - 4px)`,
            }}
            names={calendar.professionals}
            showsProfessional={!isOnly}
            {...{ locale, timezone }}
            onOpen={onOpen}
            {...(rights.mayMove && canBeMoved(placed.item, props.renderedAt) && { onGrab: props.onGrab })}
          />
        ))}
        {column.date === today && (
          <NowLine hours={hours} timezone={timezone} renderedAt={props.renderedAt} pixelsPerMinute={pixelsPerMinute} />
        )}
        {ghost && (
          <div
            aria-hidden
            className="pointer-events-none absolute inset-x-1 rounded-lg border-2 border-brand-ink border-dashed bg-brand-soft"
            style={at({ from: ghost.minutes, until: ghost.minutes + ghost.lengthMinutes })}
          />
        )}
      </div>
    </section>
  );
}

function HourLines({ hours }: { hours: Stretch }) {
  const marks = Array.from({ length: (hours.until - hours.from) / 60 }, (_, index) => index);
  return (
    <div aria-hidden className="pointer-events-none absolute inset-0">
      {marks.map((index) => (
        <div key={index} className="border-line border-b" style={{ height: 60 * pixelsPerMinute }} />
      ))}
    </div>
  );
}
