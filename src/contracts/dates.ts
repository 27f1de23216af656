import { z } from "zod";

/** Years that people mean. Beyond them, JavaScript and PostgreSQL read one text differently. */
const isLikely = (text: string): boolean => text >= "1970" && text < "3000";
const words = "must lie between 1970 and 2999";

/** A day of somebody's calendar, such as 2026-12-31. */
export const calendarDate = z.iso.date({ abort: true }).refine(isLikely, words);
/** With its zone, such as 2026-12-31T15:10:00-05:00. */
export const givenInstant = z.iso.datetime({ offset: true, abort: true }).refine(isLikely, words);
