import ical, { ICalCalendarMethod, ICalEventStatus } from "ical-generator";

export type BookingCalendarFile = {
  /** The same for the same booking: a later file with a higher sequence replaces the earlier one (RFC 5546 §2.1.4). */
  uid: string;
  sequence: number;
  method: "PUBLISH" | "REQUEST" | "CANCEL";
  /** ISO 8601 instants. Written in UTC, which every calendar reads alike and shows in its owner's zone. */
  start: string;
  end: string;
  summary: string;
  description: string;
  /** The booking page or the meeting. */
  url: string;
  organizer: { name: string; email: string };
  attendee: { name: string; email: string };
};

/** One event as `text/calendar; charset=utf-8; method=<method>`, for Google, Outlook and Apple. RFC 5545; the library escapes and folds. */
export function bookingCalendarFile(file: BookingCalendarFile): string {
  const isCancelled = file.method === "CANCEL";
  const calendar = ical({ prodId: "//Konfirmado//Booking//EN", method: ICalCalendarMethod[file.method] });
  calendar.createEvent({
    id: file.uid,
    sequence: file.sequence,
    start: new Date(file.start),
    end: new Date(file.end),
    summary: clean(file.summary),
    description: clean(file.description),
    url: file.url,
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    organizer: { name: personName(file.organizer.name), email: file.organizer.email },
    // A published event has no attendees (RFC 5546 §3.2.1): calendars would ask for an answer.
    attendees: file.method === "PUBLISH" ? [] : [{ name: personName(file.attendee.name), email: file.attendee.email }],
  });
  return calendar.toString();
}

/** Control characters are not part of RFC 5545 text. */
function clean(text: string): string {
  return text
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(/[^\P{Cc}\n]/gu, " ")
    .trim();
}

/** A quote would end the parameter that a name stands in, a line break the line. */
const personName = (name: string): string => clean(name).replaceAll("\n", " ").replaceAll('"', "'");
