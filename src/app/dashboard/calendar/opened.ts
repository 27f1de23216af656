import type { CalendarEntry } from "#contracts/desk/calendar.ts";
import type { Absence } from "./grid.ts";

/** A professional and an instant. */
export type Place = { professionalId: string; start: string };

/** What a press on the calendar has opened. */
export type Opened =
  | { kind: "entry"; entry: CalendarEntry }
  | { kind: "absence"; absence: Absence }
  | { kind: "empty"; place: Place }
  | { kind: "block"; place: Place | null }
  | { kind: "move"; entry: CalendarEntry; to: Place | null };
export type Open = (opened: Opened) => void;

export type Rights = { mayMove: boolean; mayBlock: boolean };
export type Chosen = { day: string; view: "day" | "week"; professionalId: string | undefined };

export const canBeMoved = ({ state, end }: CalendarEntry, now: number): boolean =>
  (state === "paid" || state === "confirmed") && Date.parse(end) > now;
