import { expect, test } from "vitest";
import { connectionChanges, newConnection, newLink, newService, newTenant, serviceChanges, weeklyHours } from "#contracts/catalog.ts";
import { testedProvider } from "../support/payers/tested-provider.ts";

const opening = (weekday: number, startsAt: string, endsAt: string) => ({ weekday, startsAt, endsAt });

test.each([
  [[opening(1, "08:00", "12:00"), opening(1, "12:00", "24:00"), opening(2, "08:00", "09:00")], true],
  [[opening(1, "09:00", "10:00"), opening(1, "08:00", "09:01")], false],
  [[opening(1, "08:00", "12:00"), opening(1, "08:00", "12:00")], false],
  [[opening(1, "12:00", "12:00")], false],
  [[opening(1, "24:00", "24:00")], false],
  [[opening(0, "08:00", "12:00")], false],
  [[opening(1, "8:00", "12:00")], false],
  [[], true],
])("openings of a week lie apart: %j", (hours, isValid) => {
  expect(weeklyHours.safeParse(hours).success).toBe(isValid);
});

const tenant = { slug: "aurora", name: "Aurora" };
const service = { name: "Consulta", durationMinutes: 30, priceMinor: 0 };
const connection = { kind: "payment", provider: testedProvider.id, credentials: {} };

test.each([
  ["a time zone that is none", newTenant, { ...tenant, timezone: "Bogota" }],
  ["an offset instead of a time zone", newTenant, { ...tenant, timezone: "-05:00" }],
  ["a name in addresses with a capital letter", newTenant, { ...tenant, slug: "Aurora" }],
  ["a script in the place of a picture", newTenant, { ...tenant, logoUrl: "javascript:alert(1)" }],
  ["a picture of another site without its scheme", newTenant, { ...tenant, logoUrl: "//evil.example/a.png" }],
  ["a callback that is not http", newTenant, { ...tenant, callbackUrl: "ftp://example.com/" }],
  ["a negative price", newService, { ...service, priceMinor: -1 }],
  ["a price with a fraction of a cent", newService, { ...service, priceMinor: 0.5 }],
  ["a field that does not exist", serviceChanges, { price: 5 }],
  ["another id in a change", serviceChanges, { id: "01900000-0000-7000-8000-000000000001" }],
  ["a link with a slash", newLink, { name: "Web", publicId: "a/b" }],
  ["credentials that are too long", newConnection, { ...connection, credentials: { key: "x".repeat(4001) } }],
  ["too many credentials", connectionChanges, { credentials: Object.fromEntries(Array.from({ length: 21 }, (_, n) => [n, ""])) }],
])("%s is refused", (_name, shape, given) => {
  expect(shape.safeParse(given).success).toBe(false);
});

test("what is good passes", () => {
  expect(newTenant.parse({ ...tenant, timezone: "UTC", logoUrl: "/demo/logo.svg", callbackUrl: null })).toMatchObject(tenant);
  expect(newService.parse(service)).toEqual(service);
  expect(newConnection.parse(connection)).toEqual(connection);
});
