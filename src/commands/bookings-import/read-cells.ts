const dayFirst = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/;
const clock = /^(\d{1,2})(?::|h|\.)(\d{2})(?::00)?\s*([ap])?\.?\s*m?\.?$/i;

/** 2026-12-31 or 31/12/2026, as ISO; null for no day of the calendar. */
export function dayOf(given: string): string | null {
  const [, day, month, year] = dayFirst.exec(given) ?? [];
  const date = day && month && year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : given;
  const isDay = /^(19[7-9]\d|2\d{3})-\d\d-\d\d$/.test(date) && new Date(`${date}T00:00:00Z`).toJSON()?.slice(0, 10) === date;
  return isDay ? date : null;
}

/** 15:30, 15h30, 3:30 pm or 3:30 p. m., as 15:30. */
export function clockOf(given: string): string | null {
  const [, hours, minutes, half] = clock.exec(given.replaceAll(/\s+/gu, " ")) ?? [];
  if (!hours || !minutes || Number(minutes) > 59) return null;
  if (half && (Number(hours) < 1 || Number(hours) > 12)) return null;
  const hour = half ? (Number(hours) % 12) + (half.toLowerCase() === "p" ? 12 : 0) : Number(hours);
  return hour > 23 ? null : `${String(hour).padStart(2, "0")}:${minutes}`;
}

/**
 * Returns null for a time that the clocks of that day jump over. Of one that they show twice, it is
 * the first.
 */
export function instantOf(day: string, time: string, timezone: string): number | null {
  const wall = Temporal.PlainDateTime.from(`${day}T${time}`);
  const at = wall.toZonedDateTime(timezone, { disambiguation: "earlier" });
  return at.toPlainDateTime().equals(wall) ? at.epochMilliseconds : null;
}
