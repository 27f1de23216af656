import { describe, expect, test } from "vitest";
import { bookingCalendarFile } from "#platform/calendar-file.ts";
import { booking } from "./mail-examples.ts";

describe("the calendar file", () => {
  const people = {
    organizer: { name: 'Clínica "Demo"\r\nX-EVIL:1', email: "o@example.com" },
    attendee: { name: "Ana", email: "ana@example.com" },
  };
  const file = {
    uid: "b-1@konfirmado",
    sequence: 2,
    start: booking.start,
    end: booking.end,
    summary: "Terapia; con, Ruiz",
    location: "Sede; Norte, Calle 1",
    url: "https://k.example/b/1",
    ...people,
  };
  const description = `Línea 1\r\nEND:VEVENT\nBEGIN:VALARM ${"muy larga ".repeat(20)}`;
  const linesOf = (method: "PUBLISH" | "REQUEST" | "CANCEL") =>
    bookingCalendarFile({ ...file, method, description })
      .replaceAll("\r\n ", "")
      .split("\r\n");

  test.each(["PUBLISH", "REQUEST", "CANCEL"] as const)(
    "%s is one event in UTC with our id, and nothing typed becomes a line of its own",
    (method) => {
      const lines = linesOf(method);
      expect(lines.filter((line) => /^(BEGIN|END):/.test(line))).toEqual([
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        "END:VEVENT",
        "END:VCALENDAR",
      ]);
      expect(lines).toEqual(
        expect.arrayContaining([
          `METHOD:${method}`,
          "UID:b-1@konfirmado",
          "SEQUENCE:2",
          "DTSTART:20261123T130000Z",
          "DTEND:20261123T134500Z",
          "SUMMARY:Terapia\\; con\\, Ruiz",
          "LOCATION:Sede\\; Norte\\, Calle 1",
        ]),
      );
      expect(lines).toContain(`STATUS:${method === "CANCEL" ? "CANCELLED" : "CONFIRMED"}`);
      expect(lines.some((line) => line.startsWith("ATTENDEE"))).toBe(method !== "PUBLISH");
      for (const line of lines.filter((each) => each !== "")) expect(line).toMatch(/^[A-Z-]+[;:]/);
      expect(lines.some((line) => line.startsWith("X-EVIL"))).toBe(false);
    },
  );

  test("lines are folded at 75 bytes and end with CRLF", () => {
    const text = bookingCalendarFile({ ...file, method: "REQUEST", description });
    for (const line of text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(text.replaceAll("\r\n", "")).not.toContain("\n");
  });
});
