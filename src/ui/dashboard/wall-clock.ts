/** Dates and minutes of the day as the clocks of a zone show them. Browsers lack Temporal. */
export type WallTime = { date: string; minutes: number };

const dayMinutes = 1440;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timezone: string): Intl.DateTimeFormat {
  const known = formats.get(timezone);
  if (known) return known;
  const digits = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" } as const;
  const made = new Intl.DateTimeFormat("en-CA", { ...digits, hourCycle: "h23", timeZone: timezone });
  formats.set(timezone, made);
  return made;
}

export function wallTimeOf(instant: string | number, timezone: string): WallTime {
  const parts = Object.fromEntries(
    formatOf(timezone)
      .formatToParts(new Date(instant))
      .map(({ type, value }) => [type, value]),
  );
  const date = `${parts["year"]}-${parts["month"]}-${parts["day"]}`;
  return { date, minutes: Number(parts["hour"]) * 60 + Number(parts["minute"]) };
}

/** The instant at which the clocks show it. Of a time that is skipped, the one an hour later. */
export function instantOf({ date, minutes }: WallTime, timezone: string): string {
  const wanted = Date.parse(`${date}T00:00:00Z`) + minutes * 60_000;
  const asUtc = (at: number) => {
    const shown = wallTimeOf(at, timezone);
    return Date.parse(`${shown.date}T00:00:00Z`) + shown.minutes * 60_000;
  };
  let at = wanted;
  // The second look sees a change of clocks between the guess and the answer.
  for (let look = 0; look < 2; look += 1) at += wanted - asUtc(at);
  return new Date(at).toISOString();
}

/** `08:05`, and `24:00` for the end of a day. */
export function clockText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/** Null for anything but a time of the day. */
export function minutesOfClock(text: string): number | null {
  const [, hours, minutes] = /^(\d{2}):(\d{2})$/.exec(text) ?? [];
  const total = Number(hours) * 60 + Number(minutes);
  return Number.isInteger(total) && total >= 0 && total <= dayMinutes ? total : null;
}
