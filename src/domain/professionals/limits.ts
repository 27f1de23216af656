/** Of the outside calendar. `pending`: it has not been connected yet. */
export const calendarStatuses = ["pending", "connected", "error"] as const;
export type CalendarStatus = (typeof calendarStatuses)[number];

/** A tenant has no more than so many. Lists and the booking page show all of them at once. */
export const professionalsMax = 200;
/** Of one professional, from yesterday on. */
export const exceptionsMax = 300;
/** One absence. */
export const exceptionDaysMax = 366;

/** An invitation to connect a calendar works for so long. */
export const invitationDays = 7;
