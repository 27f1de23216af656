import { beforeAll, describe, expect, test } from "vitest";
import { bookingCalendarFile } from "#platform/calendar-file.ts";
import type { Clinic } from "../support/clinic.ts";
import { customerOfTests, slotStart } from "../support/customer.ts";
import { prepareStage } from "../support/stage.ts";

const stage = prepareStage();
let clinic: Clinic;
beforeAll(async () => {
  clinic = await stage.openClinic();
});

let slot = 0;
async function tryToBook(customer: Partial<typeof customerOfTests>) {
  const held = await stage.hold(clinic, { start: slotStart(slot++) });
  return stage.book(clinic, { holdId: held.body.id, session: held.body.session, customer: { ...customerOfTests, ...customer } });
}

describe("refused where it comes in", () => {
  test.each([
    ["a line break in the name", { name: "Ana\r\nBcc: victim@example.com" }, "customer.name"],
    ["a line break of Unicode's", { name: "Ana\u2028Bcc: victim@example.com" }, "customer.name"],
    ["a NEL", { name: "Ana\u0085X: y" }, "customer.name"],
    ["a tag in the name", { name: "<img src=x onerror=alert(1)>" }, "customer.name"],
    ["an escape sequence for terminals", { name: "Ana\u001b[31m" }, "customer.name"],
    ["a formula for spreadsheets", { name: "=HYPERLINK(1)" }, "customer.name"],
    ["another formula", { name: "@SUM(A1)" }, "customer.name"],
    ["two recipients", { email: "a@example.com,victim@example.com" }, "customer.email"],
    ["a header in the address", { email: "a@example.com\r\nBcc: victim@example.com" }, "customer.email"],
    ["two addresses with names", { email: "A <a@example.com>, Victim <victim@example.com>" }, "customer.email"],
    ["a script as a phone", { phone: "<script>alert(1)</script>" }, "customer.phone"],
    ["a name of 10 000 letters", { name: "a".repeat(10_000) }, "customer.name"],
  ])("%s", async (_what, customer, path) => {
    const { status, body } = await tryToBook(customer);
    expect(status).toBe(422);
    expect(body.errors?.map((error) => error.path)).toEqual([path]);
  });

  test("of an address with a name before it, only the address is kept", async () => {
    const { status, body } = await tryToBook({ email: "Bcc: x <ana@example.com>" });
    const { rows } = await stage.owner.query("select customer_email from checkout where id = $1", [body.id]);
    expect([status, rows]).toEqual([201, [{ customer_email: "ana@example.com" }]]);
  });

  test("letters that turn the text around are taken out", async () => {
    const { status, body } = await tryToBook({ name: "Ana \u202Egnp.exe" });
    const { rows } = await stage.owner.query("select customer_name from checkout where id = $1", [body.id]);
    expect([status, rows]).toEqual([201, [{ customer_name: "Ana gnp.exe" }]]);
  });

  test("a header behind a phone number is refused, or only the number is kept", async () => {
    const { status, body } = await tryToBook({ phone: "300 123 4567\r\nX: y" });
    const { rows } = await stage.owner.query("select customer_phone from checkout where id = $1", [body.id ?? null]);
    expect(status === 422 || rows[0].customer_phone === "+573001234567").toBe(true);
  });

  test.each([
    ["a key twice", '{"link":"a","link":"b"}', 400, "malformed_json"],
    ["a number beyond 2^53", '{"link":9007199254740993}', 400, "malformed_json"],
    ["__proto__", '{"__proto__":{"link":"a"}}', 400, "malformed_json"],
    ["10 000 levels", "[".repeat(10_000), 400, "malformed_json"],
    ["an unknown field", JSON.stringify({ link: "abc", isAdmin: true }), 422, "invalid_request"],
    ["more than 32 KiB", JSON.stringify({ link: "a".repeat(40_000) }), 413, "body_too_large"],
    ["a NUL in the link", '{"link":"\\u0000"}', 400, "malformed_json"],
  ])("%s in the body", async (_what, body, status, code) => {
    for (const path of ["/api/holds", "/api/bookings", "/api/bookings/01900000-0000-7000-8000-000000000001/payments"]) {
      const answer = await fetch(stage.appUrl + path, { method: "POST", body, headers: { "content-type": "application/json" } });
      expect(await answer.json()).toMatchObject({ status, code });
    }
  });

  test("gzip is not unpacked", async () => {
    const answer = await fetch(`${stage.appUrl}/api/holds`, {
      method: "POST",
      body: "{}",
      headers: { "content-type": "application/json", "content-encoding": "gzip" },
    });
    expect(answer.status).toBe(415);
  });

  test.each([
    ["with a NUL", "%00"],
    ["of SQL", "' or 1=1 --"],
    ["of 5000 letters", "a".repeat(5000)],
    ["that is not UTF-8", "%F0%28%8C%28"],
    ["that climbs", "..%252f.."],
  ])("a link %s is nobody's, and no error of ours", async (_what, link) => {
    const answer = await fetch(`${stage.appUrl}/api/booking/${encodeURIComponent(decodeURIComponentSafely(link))}/options`);
    expect([404, 400]).toContain(answer.status);
    const query = await fetch(`${stage.appUrl}/api/availability?link=${link}&service=x`);
    expect(query.status).toBe(422);
  });
});

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

test("what may be in a name arrives as text everywhere: mail, calendar, callback and page", async () => {
  const name = `O'Neil "Ana; CN=evil:x, &amp; {{7*7}} \${7*7} %0d%0aBcc: x -- ' or 1=1`;
  const email = `o'neil+tag@${clinic.link}.example`;
  const booked = await tryToBook({ name, email });
  expect(booked.status).toBe(201);
  await stage.pay(booked.body.checkoutUrl, "approve");
  await stage.reaches(booked.body, { status: "confirmed" });
  await stage.settled(booked.body.id);

  const { mails } = (await (await fetch(`${stage.simulatorsUrl}/mail/state`)).json()) as { mails: Mail[] };
  const own = mails.filter((mail) => JSON.stringify(mail.to).includes(clinic.link));
  expect(own.map((mail) => mail.to.length)).toEqual([1, 1, 1]);
  for (const mail of own) {
    expect(mail.headers.map(({ key }) => key)).not.toContain("bcc");
    expect(mail.html).not.toContain('"Ana; CN=evil');
    for (const { text } of mail.attachments) if (text) expectOneEvent(text);
  }
  const atMerchant = own.find((mail) => JSON.stringify(mail.to).includes("merchant@"));
  expect(atMerchant?.html).toContain("&amp;amp;");
  expect(atMerchant?.text).toContain(name);

  const file = await fetch(`${stage.appUrl}/api/bookings/${booked.body.id}/calendar.ics?token=${booked.body.token}`);
  expect(file.headers.get("content-type")).toContain("text/calendar");
  expectOneEvent(await file.text());

  const { callbacks } = (await (await fetch(`${stage.simulatorsUrl}/merchant/state/${clinic.callback.id}`)).json()) as {
    callbacks: { body: string | object }[];
  };
  const bodies = callbacks.map(({ body }) => (typeof body === "string" ? (JSON.parse(body) as object) : body));
  expect(bodies).toMatchObject([{ usuario: { nombre: name, email } }]);

  const page = await fetch(`${stage.appUrl}/api/bookings/${booked.body.id}/status?token=${booked.body.token}`);
  expect(page.headers.get("content-type")).toContain("application/json");
  expect(page.headers.get("x-content-type-options")).toBe("nosniff");
  expect(((await page.json()) as { customerName: string }).customerName).toBe(name);
});

type Mail = { to: string[]; html: string; text: string; headers: { key: string; value: string }[]; attachments: { text: string | null }[] };

/** Unfolded (RFC 5545 §3.1), a calendar has the lines that we wrote and no other. */
function expectOneEvent(text: string): void {
  const lines = text
    .replaceAll(/\r?\n[ \t]/g, "")
    .split(/\r?\n/)
    .filter(Boolean);
  const names = lines.map((line) => /^[A-Z-]+/.exec(line)?.[0] ?? `?${line}`);
  expect(names.filter((name) => name === "BEGIN")).toHaveLength(2);
  const known = [
    "BEGIN",
    "END",
    "VERSION",
    "PRODID",
    "METHOD",
    "UID",
    "SEQUENCE",
    "DTSTAMP",
    "DTSTART",
    "DTEND",
    "SUMMARY",
    "DESCRIPTION",
    "LOCATION",
    "URL",
    "STATUS",
    "ORGANIZER",
    "ATTENDEE",
  ];
  expect(names.filter((name) => !known.includes(name))).toEqual([]);
}

test("the calendar of a cancellation names the customer in one quoted parameter", () => {
  const text = bookingCalendarFile({
    uid: "1@konfirmado",
    sequence: 1,
    method: "CANCEL",
    start: "2027-01-01T10:00:00.000Z",
    end: "2027-01-01T11:00:00.000Z",
    summary: "Cita\r\nATTACH:http://evil.example",
    description: "x\nBEGIN:VALARM",
    location: "Calle 1\r\nATTACH:http://evil.example",
    url: "https://citas.example.com",
    organizer: { name: "Clínica", email: "a@example.com" },
    attendee: { name: 'Ana";DIR="http://evil.example";X="', email: "ana@example.com" },
  });
  expectOneEvent(text);
  const lines = text.replaceAll(/\r?\n[ \t]/g, "").split(/\r?\n/);
  const attendee = lines.find((line) => line.startsWith("ATTENDEE")) ?? "";
  // RFC 5545 §3.2: a quoted value ends at the next quote.
  const parameters = [...attendee.replaceAll(/"[^"]*"/g, '""').matchAll(/;([A-Z-]+)=/g)].map(([, name]) => name);
  expect(parameters).toContain("CN");
  expect(parameters).not.toContain("DIR");
});
