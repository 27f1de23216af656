import { expect, test } from "vitest";
import { gapsOf } from "#domain/desk/gaps.ts";
import { noticeKinds, noticeKindsOf, noticeMailKinds, noticeMailOf, noticeMailsOf } from "#domain/desk/notices.ts";
import { eventKinds, followUps } from "#domain/follow-ups.ts";

test("the bell knows every event that wants a notice, and no other", () => {
  const notified = eventKinds.filter((kind) => followUps[kind].some(({ job }) => job === "notify-merchant"));
  expect([...noticeKinds].toSorted()).toEqual([...notified].toSorted());
});

test("staff hear of bookings alone, and may choose those mails and the summary alone", () => {
  expect(noticeKindsOf("staff")).toEqual(["booking.paid", "booking.rescheduled", "booking.cancelled", "booking.rest_paid"]);
  expect(noticeMailsOf("staff")).toEqual(["new_booking", "moved", "cancelled", "summary"]);
  for (const role of ["owner", "admin"] as const) {
    expect(noticeKindsOf(role)).toEqual(noticeKinds);
    expect(noticeMailsOf(role)).toEqual(noticeMailKinds);
  }
});

test("a deadline that is near is mailed as a refund that waits", () => {
  expect(noticeMailOf("attention.arose", "refund_due_soon")).toBe("refund_waits");
  expect(noticeMailOf("attention.arose", "follow_up_failed")).toBe("attention");
  expect(noticeMailOf("refund_case.opened", undefined)).toBeNull();
});

const at = (hour: number, minute = 0) => Date.UTC(2026, 10, 27, hour, minute);
const span = (from: number, to: number) => ({ start: at(from), end: at(to) });

test("free time is what is open from now on and nobody takes, but for crumbs", () => {
  const open = [span(9, 12), span(13, 18)];
  expect(gapsOf({ open, taken: [], now: at(10) })).toEqual([span(10, 12), span(13, 18)]);
  expect(gapsOf({ open, taken: [span(8, 10), span(11, 14)], now: at(7) })).toEqual([span(10, 11), span(14, 18)]);
  expect(gapsOf({ open, taken: [{ start: at(9, 10), end: at(18) }], now: at(8) })).toEqual([]);
  expect(gapsOf({ open, taken: [], now: at(19) })).toEqual([]);
});
