import { describe, expect, test } from "vitest";
import { type RefusalCode, refusals } from "#contracts/problem.ts";
import { prepareStage } from "../support/stage.ts";
import { type Asked, ask, expectProblem } from "./request.ts";

const stage = prepareStage({ worker: false });

const json = { "content-type": "application/json" };
const id = "0199c0de-0000-7000-8000-000000000000";
/** Every route that takes a body, or changes something. */
const changes: [method: string, path: string][] = [
  ["POST", "/api/holds"],
  ["POST", "/api/bookings"],
  ["POST", `/api/bookings/${id}/payments`],
];

describe("what cannot be understood is answered with a stable code", () => {
  test.each([
    "/api",
    "/api/nothing",
    "/api/holds/a/b",
    "/api/../etc/passwd",
    "/api/booking//options",
    "/api/%2e%2e/x",
    "/pay",
    "/store",
    "/api/constructor",
  ])("there is nothing at %s", async (path) => {
    expectProblem(await ask(stage, path), "not_found");
  });

  test.each([
    ["GET", "/api/holds", "POST"],
    ["PUT", "/api/holds", "POST"],
    ["PATCH", "/api/bookings", "POST, GET"],
    ["GET", `/api/holds/${id}`, "DELETE"],
    ["POST", "/api/availability", "GET"],
    ["DELETE", `/api/bookings/${id}/status`, "GET"],
    ["GET", "/api/webhooks/wompi", "POST"],
    ["POST", "/healthz", "GET"],
  ])("%s %s is not taken, and the answer says what is", async (method, path, taken) => {
    const answer = await ask(stage, path, { method });
    expectProblem(answer, "method_not_allowed");
    expect(answer.headers.get("allow")).toBe(taken);
  });

  describe.each(changes)("%s %s", (method, path) => {
    const send = (asked: Asked) => ask(stage, path, { method, ...asked });

    test.each(["", "{", "{'a':1}", "[1,]", '{"a":1}}', "undefined", "\ufeff{}x"])("the body %j is no JSON", async (body) => {
      expectProblem(await send({ body, headers: json }), "malformed_json");
    });

    test("bytes that are no UTF-8 are no JSON", async () => {
      expectProblem(
        await send({ body: new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), headers: json }),
        "malformed_json",
      );
    });

    test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonp", "text/json", ""])(
      "a body of type %j is not taken",
      async (type) => {
        expectProblem(await send({ body: "{}", headers: { "content-type": type } }), "unsupported_media_type");
      },
    );

    test.each(["application/json; charset=utf-8", "APPLICATION/JSON"])("a body of type %j is taken", async (type) => {
      expect((await send({ body: "{}", headers: { "content-type": type } })).body).toMatchObject({ code: "invalid_request" });
    });

    test("32 KiB are taken, one byte more is too large, however it is sent", async () => {
      const filled = (bytes: number) => `{"link":"${"x".repeat(bytes - 11)}"}`;
      expect(filled(32_768)).toHaveLength(32_768);
      expectProblem(await send({ body: filled(32_768), headers: json }), "invalid_request");
      expectProblem(await send({ body: filled(32_769), headers: json }), "body_too_large");
      expectProblem(await send({ body: filled(33 * 1024), headers: json }), "body_too_large");
      // In pieces, without a length told beforehand.
      const pieces = new ReadableStream({
        start(controller) {
          for (let piece = 0; piece < 33; piece += 1) controller.enqueue(new TextEncoder().encode(" ".repeat(1024)));
          controller.close();
        },
      });
      const answer = await fetch(stage.appUrl + path, { method, headers: json, body: pieces, duplex: "half" } as RequestInit);
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([413, "body_too_large"]);
    });
  });
});

describe("a change that another site asks for is refused; programs and our own pages are not", () => {
  const all = [...changes, ["DELETE", `/api/holds/${id}`] as [string, string]];
  const answerTo = (method: string, path: string, headers: Record<string, string>) =>
    ask(stage, path, { method, ...(method === "DELETE" ? {} : { body: "{}" }), headers: { ...json, ...headers } });

  test.each(all)("%s %s", async (method, path) => {
    const foreign = ["https://evil.example", "null", "http://localhost.evil.example", "file://", "garbage", `${stage.appUrl}.evil.example`];
    for (const origin of foreign) expectProblem(await answerTo(method, path, { origin }), "cross_site");
    expectProblem(await answerTo(method, path, { "sec-fetch-site": "cross-site" }), "cross_site");
    expectProblem(await answerTo(method, path, { "sec-fetch-site": "cross-site", origin: stage.appUrl }), "cross_site");
    const expected = method === "DELETE" ? "hold_unknown" : "invalid_request";
    const own: Record<string, string>[] = [{}, { origin: stage.appUrl }, { origin: stage.appUrl, "sec-fetch-site": "same-origin" }];
    for (const headers of own) expectProblem(await answerTo(method, path, headers), expected);
  });

  test("a look from elsewhere is answered, but no other site's script may read it", async () => {
    const answer = await ask(stage, "/healthz", { headers: { origin: "https://evil.example" } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-allow-origin")).toBe(null);
  });
});

describe("every answer", () => {
  test.each(["/healthz", "/api/docs", "/api/openapi.json", "/api/nothing", "/api/booking/nobody-knows-it/options"])(
    "%s carries the headers that protect whoever shows it, and a request id",
    async (path) => {
      const { headers } = await ask(stage, path);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("x-frame-options")).toMatch(/SAMEORIGIN|DENY/);
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      expect(headers.get("content-security-policy")).not.toContain("script");
      expect(headers.get("referrer-policy")).toBe("same-origin");
      expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
      expect(headers.get("x-powered-by")).toBe(null);
      expect(headers.get("server")).toBe(null);
      expect(headers.get("x-request-id")).toMatch(/^[\w-]{8,}$/);
    },
  );

  test("two requests have two ids", async () => {
    const ids = [await ask(stage, "/healthz"), await ask(stage, "/healthz")].map(({ headers }) => headers.get("x-request-id"));
    expect(new Set(ids).size).toBe(2);
  });
});

test("the codes are a contract: none goes, none changes its status", () => {
  const statuses: Partial<Record<RefusalCode, number>> = Object.fromEntries(
    Object.entries(refusals).map(([code, { status }]) => [code, status]),
  );
  expect(statuses).toMatchObject({
    invalid_request: 422,
    malformed_json: 400,
    body_too_large: 413,
    unsupported_media_type: 415,
    cross_site: 403,
    unauthorized: 401,
    not_found: 404,
    method_not_allowed: 405,
    link_unknown: 404,
    link_inactive: 410,
    link_expired: 410,
    checkout_unknown: 404,
    hold_unknown: 404,
    hold_paying: 409,
    hold_expired: 409,
    slot_taken: 409,
    slot_not_offered: 422,
    too_many_holds: 429,
    rate_limited: 429,
    range_too_long: 422,
    email_unsendable: 422,
    phone_invalid: 422,
    provider_not_offered: 422,
    provider_unavailable: 503,
    amount_not_payable: 422,
    already_paid: 409,
    checkout_closed: 409,
    idempotency_key_reused: 422,
    idempotency_in_progress: 409,
    database_unavailable: 503,
    internal: 500,
  });
});
