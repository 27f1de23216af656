export type Trade = { durationMinutes: number; online: boolean };

/** What a first service usually looks like. Names and descriptions: messages/firstRun, `trades`. */
export const trades = {
  medicine: { durationMinutes: 30, online: false },
  psychology: { durationMinutes: 50, online: false },
  dentistry: { durationMinutes: 30, online: false },
  physiotherapy: { durationMinutes: 60, online: false },
  tutoring: { durationMinutes: 60, online: false },
  consultancy: { durationMinutes: 60, online: false },
  law: { durationMinutes: 45, online: false },
  beauty: { durationMinutes: 60, online: false },
  fitness: { durationMinutes: 60, online: false },
  other: { durationMinutes: 30, online: false },
} as const satisfies Record<string, Trade>;

/** Monday to Friday, nine to six with lunch, until the professional says otherwise. */
export const firstWeek = [1, 2, 3, 4, 5].flatMap((weekday) => [
  { weekday, startsAt: "09:00", endsAt: "13:00" },
  { weekday, startsAt: "14:00", endsAt: "18:00" },
]);
