import { expect, test } from "vitest";
import { graceSecondsOf, pageEndAtProvider, payingGraceSeconds } from "#domain/hold-times.ts";
import { paymentStates } from "#domain/payment-states.ts";
import { mustClose, type OpenPage } from "#domain/payments/page-closing.ts";

const open: OpenPage = {
  canCloseEarly: true,
  hasAddress: true,
  payment: "created",
  checkout: "pending",
  isClosed: false,
  isUnwanted: false,
  isOver: false,
};

test("a page is closed when its time is over, when another has taken its place, or when its checkout has ended", () => {
  expect(mustClose(open)).toBe(false);
  expect(mustClose({ ...open, isOver: true })).toBe(true);
  expect(mustClose({ ...open, isUnwanted: true })).toBe(true);
  for (const checkout of ["paid", "confirmed", "failed", "expired", "cancelled"] as const)
    expect(mustClose({ ...open, checkout })).toBe(true);
});

test("nobody closes what cannot be closed, has no address, was closed before, or has had its money", () => {
  const over = { ...open, isOver: true };
  expect(mustClose({ ...over, canCloseEarly: false })).toBe(false);
  expect(mustClose({ ...over, hasAddress: false })).toBe(false);
  expect(mustClose({ ...over, isClosed: true })).toBe(false);
  const closable = paymentStates.filter((payment) => mustClose({ ...over, payment }));
  expect(closable).toEqual(["created", "pending", "declined", "error", "expired", "cancelled"]);
});

test("a provider that shows charges late has a longer grace, and none has a shorter one", () => {
  expect(graceSecondsOf({})).toBe(payingGraceSeconds);
  expect(graceSecondsOf({ answerLagMinutes: 1 })).toBe(payingGraceSeconds);
  expect(graceSecondsOf({ answerLagMinutes: 10 })).toBe(600);
});

test("the end that a provider is told is ours, or the soonest that it takes, and the same at each repeat", () => {
  const createdAt = new Date("2026-11-27T10:00:00Z");
  const at = (minutes: number) => new Date(createdAt.getTime() + minutes * 60_000);
  expect(pageEndAtProvider({ expiresAt: at(10), createdAt, pageMinutesMin: 0 })).toEqual(at(10));
  expect(pageEndAtProvider({ expiresAt: at(10), createdAt, pageMinutesMin: 30 })).toEqual(at(35));
  expect(pageEndAtProvider({ expiresAt: at(120), createdAt, pageMinutesMin: 30 })).toEqual(at(120));
});
