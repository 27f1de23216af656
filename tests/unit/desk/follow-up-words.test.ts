import { expect, test } from "vitest";
import { followUpJobs } from "#domain/follow-ups.ts";
import es from "#messages/booking/es.json" with { type: "json" };

test("whatever runs has a name that people read", () => {
  expect(Object.keys(es.booking.deliveries.job).toSorted()).toEqual([...followUpJobs].toSorted());
});
