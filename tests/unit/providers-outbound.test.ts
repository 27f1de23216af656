import { createServer, type RequestListener } from "node:http";
import { expect, test } from "vitest";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { callService, failureOfReply, readRetryAfter, type ServiceCall } from "#platform/outbound.ts";

async function ask(answer: RequestListener, changes: Partial<ServiceCall> = {}) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/secret-path`;
  try {
    return await callService({ provider: "test", method: "GET", url, ...changes });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test("any status is a reply; a redirect is not followed", async () => {
  let asked = 0;
  const reply = await ask((_request, response) => {
    asked += 1;
    response.writeHead(307, { location: "/other" }).end("moved");
  });
  expect([reply.status, reply.text, asked]).toEqual([307, "moved", 1]);
});

test("silence, a slow body, a broken connection and nobody there are failures that may be tried again", async () => {
  const answers: RequestListener[] = [
    () => {},
    (_request, response) => response.writeHead(200).write("{"),
    (request) => request.socket.destroy(),
  ];
  for (const answer of answers)
    await expect(ask(answer, { timeoutMs: 150 })).rejects.toMatchObject({ kind: "unreachable", retriable: true });
  await expect(callService({ provider: "test", method: "GET", url: "http://127.0.0.1:1/" })).rejects.toMatchObject({ kind: "unreachable" });
});

test("a reply that is too long or not JSON is unexpected, and no failure repeats the address, the key or the body", async () => {
  const long = ask((_request, response) => response.end("x".repeat(2000)), { maxReplyBytes: 1000 });
  await expect(long).rejects.toMatchObject({ kind: "unexpected_reply" });
  const reply = await ask((_request, response) => response.end("<secret-body>"));
  expect(() => reply.json()).toThrow(ProviderFailure);
  const failure = await ask((request) => request.socket.destroy(), { headers: { authorization: "Bearer secret-key" } }).catch(
    (error: unknown) => error,
  );
  expect(`${String(failure)}${JSON.stringify(failure)}`).not.toMatch(/secret/);
});

test("a status tells whether asking again may help", () => {
  const kindOf = (status: number) =>
    failureOfReply({ provider: "test", asked: "it", reply: { status, headers: new Headers({ "retry-after": "9" }) } });
  const kinds = {
    302: "unexpected_reply",
    400: "refused",
    401: "misconfigured",
    403: "misconfigured",
    404: "refused",
    408: "unreachable",
    422: "refused",
    429: "unreachable",
    500: "unreachable",
    503: "unreachable",
  };
  for (const [status, kind] of Object.entries(kinds)) expect(kindOf(Number(status))).toMatchObject({ kind, retryAfterSeconds: 9 });
});

test("Retry-After is read as seconds or as a date, never as more than a day", () => {
  const read = (value: string) => readRetryAfter(new Headers({ "retry-after": value }), Date.parse("2026-11-21T00:00:00Z"));
  expect([read("0"), read("120"), read("999999"), read("Sat, 21 Nov 2026 00:01:00 GMT")]).toEqual([0, 120, 86_400, 60]);
  expect([read("-1"), read("soon"), read(""), read("Fri, 20 Nov 2026 00:00:00 GMT")]).toEqual([null, null, null, null]);
});
