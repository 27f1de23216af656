"use client";

import { useTranslations } from "next-intl";
import type { CSSProperties, PointerEvent } from "react";
import type { CalendarEntry, CalendarProfessional } from "#contracts/desk/calendar.ts";
import { classNames } from "#ui/class-names.ts";
import { formatTime } from "#ui/format.ts";
import type { Placed } from "./grid.ts";
import type { Open } from "./opened.ts";

/** Pending grey, paid yellow, confirmed green: as in every list of bookings. */
export const colors: Record<CalendarEntry["state"], string> = {
  held: "border-edge border-dashed bg-card text-muted",
  paying: "border-edge border-dashed bg-card text-muted",
  paid: "border-warn bg-warn-soft text-warn",
  confirmed: "border-good bg-good-soft text-good",
};

/** A shorter one shows when and who; what it is stands behind a press. */
const minutesOfTwoLines = 25;

type EntryButtonProps = {
  placed: Placed<CalendarEntry>;
  style: CSSProperties;
  names: readonly CalendarProfessional[];
  showsProfessional: boolean;
  locale: string;
  timezone: string;
  onOpen: Open;
  /** Only of what may be moved. */
  onGrab?: (event: PointerEvent, entry: CalendarEntry) => void;
};

export function EntryButton({ placed, style, names, showsProfessional, locale, timezone, onOpen, onGrab }: EntryButtonProps) {
  const { item: entry } = placed;
  const words = useEntryWords({ names, locale, timezone })(entry);
  const isLow = placed.until - placed.from < minutesOfTwoLines;
  return (
    <button
      type="button"
      onClick={() => onOpen({ kind: "entry", entry })}
      onPointerDown={(event) => onGrab?.(event, entry)}
      className={classNames(
        "absolute flex select-none flex-col items-start overflow-hidden rounded-lg border-2 px-1.5 text-left text-xs leading-tight",
        isLow ? "justify-center" : "py-0.5",
        colors[entry.state],
        onGrab && "cursor-grab",
      )}
      style={style}
      data-testid="entry"
      data-id={entry.id}
      data-state={entry.state}
    >
      <span className="max-w-full truncate text-ink">
        <span className="font-semibold">{words.time}</span> {words.who}
      </span>
      <span className={isLow ? "sr-only" : "max-w-full truncate text-ink"}>
        {entry.service.name}
        {showsProfessional && ` · ${words.professional}`}
      </span>
      <span className="sr-only">{words.state}</span>
    </button>
  );
}

type Words = { time: string; who: string; professional: string; state: string };

/** What every view says of an entry. */
export function useEntryWords({ names, locale, timezone }: Pick<EntryButtonProps, "names" | "locale" | "timezone">) {
  const t = useTranslations("calendar.entry");
  return (entry: CalendarEntry): Words => {
    const time = formatTime({ instant: entry.start, locale, timezone });
    const who = entry.customer?.name ?? t("anonymous");
    const professional = names.find(({ id }) => id === entry.professionalId)?.name ?? "";
    return { time, who, professional, state: t(entry.state) };
  };
}
