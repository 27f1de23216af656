import ical, { ICalCalendarMethod, ICalEventStatus } from "ical-generator";

export type BookingCalendarFile = {
  /** One per booking: a file with a higher sequence replaces an earlier one (RFC 5546 §2.1.4). */
  uid: string;
  sequence: number;
  method: "PUBLISH" | "REQUEST" | "CANCEL";
  /** ISO 8601 instants. The file has UTC; every calendar shows that in its owner's zone. */
  start: string;
  end: string;
  summary: string;
  description: string;
  /** An address that maps find, or the address of the room. */
  location: string | null;
  /** The booking page or the meeting. */
  url: string | null;
  organizer: { name: string; email: string };
  attendee: { name: string; email: string };
};

/** Makes one event for Google, Outlook and Apple (RFC 5545). The library escapes and folds. */
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
    ...(file.location !== null && { location: clean(file.location) }),
    ...(file.url !== null && { url: file.url }),
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    organizer: { name: personName(file.organizer.name), email: file.organizer.email },
    // A published event has no attendees (RFC 5546 §3.2.1): calendars would ask for an answer.
    attendees: file.method === "PUBLISH" ? [] : [{ name: personName(file.attendee.name), email: file.attendee.email }],
  });
  return calendar.toString();
}

/** RFC 5545 text has no control characters. */
function clean(text: string): string {
  return text
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(/[^\P{Cc}\n]/gu, " ")
    .trim();
}

/** A quote would end the parameter around the name; a line break would end the line. */
const personName = (name: string): string => clean(name).replaceAll("\n", " ").replaceAll('"', "'");
