import pg from "pg";
import { expect, test } from "vitest";
import { createLogger } from "#platform/logger.ts";
import { requestId, withRequestId } from "#platform/request-id.ts";

/** What a log would hold, line by line. */
function logged(write: (logger: ReturnType<typeof createLogger>) => void): { text: string; lines: Record<string, unknown>[] } {
  let text = "";
  const destination = {
    write(line: string) {
      text += line;
    },
  };
  write(createLogger({ level: "trace" }, destination));
  return {
    text,
    lines: text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

const customer = { name: "Ana María Pérez", email: "ana@example.com", phone: "+573001234567" };
const secrets = {
  privateKey: "prv_prod_topsecret1",
  eventsSecret: "topsecret2",
  apiKey: "topsecret3",
  token: "topsecret4",
  password: "topsecret5",
};
const nobody = /Ana|Pérez|ana@|topsecret/;

/** Marks between the digits may differ, but the number is hidden only if no spelling of it is left. */
function expectNobody(text: string): void {
  expect(text).not.toMatch(nobody);
  expect(text.replaceAll(/[^0-9a-z"]/gi, "")).not.toMatch(/3001234567|0612345678|33612345678/);
}

test("customer data and secrets pass at no depth", () => {
  const { text } = logged((log) => {
    log.info({ customer, ...secrets }, "flat");
    log.info({ booking: { customer_name: customer.name, customer_email: customer.email, customer_phone: customer.phone } }, "one deep");
    log.info({ a: { b: { c: { d: { ...secrets, usuario: { nombre: customer.name, telefono: customer.phone } } } } } }, "four deep");
    log.info(
      { list: [{ headers: { Authorization: "Bearer topsecret", Cookie: "checkout_session=topsecret", "X-Api-Key": "topsecret" } }] },
      "in lists",
    );
    log.info({ credentials: JSON.stringify(secrets), session: "topsecret", body: JSON.stringify(customer) }, "as texts");
    log.info({ far: { a: { b: { c: { d: { e: { f: { g: secrets } } } } } } } }, "too deep");
  });
  expectNobody(text);
  expect(text).toContain('"msg":"four deep"');
});

test("texts that others wrote lose addresses, numbers, tokens and passwords", () => {
  const { text } = logged((log) => {
    log.error("mail to ana@example.com <ana@example.com> failed; call +57 300 123 4567");
    log.error({ error: "GET https://ana:topsecret@example.com/?token=topsecret&x=1" }, "Authorization: Bearer topsecret");
    log.error({ error: "connect postgresql://konfirmado:topsecret@db/konfirmado" });
    log.error({ error: "/pay/return/0190-1/topsecret was asked for" });
    log.error({ error: new Error("550 <ana@example.com>: unknown", { cause: new Error("for ana@example.com") }) });
  });
  expectNobody(text);
});

test.each([
  ["as it is stored", "+573001234567"],
  ["as a customer types it", "300 123 4567"],
  ["as a provider sends it back", "3001234567"],
  ["with its country", "573001234567"],
  ["with its country and spaces", "+57 300 123 4567"],
  ["with dashes", "300-123-4567"],
  ["with dots", "+57.300.123.4567"],
  ["with brackets", "(300) 123 4567"],
  ["with brackets and its country", "+57 (300) 123-4567"],
  ["with spaces that do not break", "+57\u00a0300\u00a0123\u00a04567"],
  ["with slashes", "+57/300/123/4567"],
  ["dialled from abroad", "0057 300 123 4567"],
  ["of France", "06 12 34 56 78"],
  ["of France, with dots", "06.12.34.56.78"],
  ["of France, with its country", "+33 6 12 34 56 78"],
  ["of France, in one", "0612345678"],
])("a phone number %s is hidden in a sentence, a field, an error and a provider's JSON: %s", (_how, phone) => {
  const { text, lines } = logged((log) => {
    log.error(`the provider refuses ${phone}, try another`);
    log.error({ reply: `{"phone_number":"${phone}","status":422}`, error: new Error(`no such number: ${phone}`) }, `tel:${phone}`);
  });
  expectNobody(text);
  expect(lines).toHaveLength(2);
  expect(text).toContain("[redacted], try another");
});

test.each([
  "3f2b61a9-0c1d-4e57-8123-300123456789",
  "2026-11-26T23:05:12.345Z",
  "192.168.100.200",
  "KF-7M2Q9X4C1V8B3N6Z5D0F12",
  "12-1769351602-30012",
  "1769351602345",
  "10000000 COP",
  "4.2 s after 300 tries of 1200",
  "PostgreSQL 18.1 at 127.0.0.1:54321",
])("what is no phone number stays readable: %s", (words) => {
  const { lines } = logged((log) => log.info({ words }, words));
  expect(lines).toMatchObject([{ words, msg: words }]);
});

test("PostgreSQL's errors keep the place and lose the values", () => {
  const error = new pg.DatabaseError('invalid input syntax for type uuid: "Ana María Pérez"', 100, "error");
  Object.assign(error, {
    code: "22P02",
    table: "booking",
    constraint: "booking_email_key",
    detail: "Failing row contains (1, Ana María Pérez, ana@example.com, +573001234567).",
    where: "unnamed portal parameter $3 = 'ana@example.com'",
  });
  const { text, lines } = logged((log) => {
    log.error({ error }, "unexpected error");
    log.error({ error: error.message }, error.message);
    log.error({ problem: "Key (customer_email, customer_name)=(ana@example.com, Ana María Pérez) already exists." });
    log.error({ problem: "Failing row contains (1, Ana María Pérez, ana@example.com)." });
  });
  expectNobody(text);
  expect(lines[0]?.["error"]).toMatchObject({
    code: "22P02",
    table: "booking",
    constraint: "booking_email_key",
    stack: expect.stringContaining("at "),
  });
});

test("a line stays one line, whatever is in it, and no colour or bell reaches a terminal", () => {
  const { text, lines } = logged((log) => log.info({ provider: 'x\n{"level":50,"msg":"forged"}\r\n\u001b[31m\u0007' }, "one\ntwo"));
  expect(text.trimEnd().split("\n")).toHaveLength(1);
  expect(text.trimEnd()).not.toMatch(/\p{Cc}/u);
  expect(lines).toHaveLength(1);
});

test("a huge or circular thing becomes a small line", () => {
  const circle: Record<string, unknown> = {};
  circle["self"] = circle;
  const { text } = logged((log) =>
    log.info({ circle, text: "x".repeat(1_000_000), list: Array(100_000).fill(1), bytes: Buffer.alloc(1_000_000) }),
  );
  expect(text.length).toBeLessThan(10_000);
});

test("what the product needs to say stays readable", () => {
  const { lines } = logged((log) =>
    withRequestId("request-1", () =>
      log.warn(
        { tenantId: "t", followUpId: "f", job: "create-room", attempts: 2, inSeconds: 4.2, error: "Daily answered 503" },
        "follow-up failed",
      ),
    ),
  );
  expect(lines[0]).toMatchObject({
    requestId: "request-1",
    tenantId: "t",
    followUpId: "f",
    job: "create-room",
    attempts: 2,
    inSeconds: 4.2,
    error: "Daily answered 503",
  });
});

test("a request id from outside is taken only if it looks like one", () => {
  expect(withRequestId("abcdef-123", requestId)).toBe("abcdef-123");
  for (const given of ["short", 'x"\n{}', "a".repeat(65), undefined, null, 7])
    expect(withRequestId(given, requestId)).toMatch(/^[\w-]{16}$/);
  expect(requestId()).toBeUndefined();
});
