/** The bell lists so many, and counts so many unread. */
export const noticesMax = 50;
export const unreadMax = 100;
/** A question for news waits so long for some. */
export const noticeWaitMs = 25_000;
/** Before anybody has chosen one: after the day's work. */
export const usualSummaryHour = 18;
/** The revision of a bell that rings no more: its member has signed out or left. */
export const endedRevision = "ended";
