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
const nobody = /Ana|Pérez|ana@|3001234567|topsecret/;

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
  expect(text).not.toMatch(nobody);
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
  expect(text).not.toMatch(nobody);
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
  expect(text).not.toMatch(nobody);
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
