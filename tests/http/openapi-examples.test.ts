import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { bookingCallback } from "#contracts/callback.ts";
import { callbackExample } from "#contracts/operations/examples.ts";
import { seedDemo } from "#db/seed.ts";
import { slotStart } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import { prepareStage } from "../support/stage.ts";
import { ask } from "./request.ts";

type Content = { "application/json": { schema: object; example?: unknown; examples?: Record<string, { value: object }> } };
type Operation = {
  operationId: string;
  summary: string;
  tags: string[];
  security?: Record<string, string[]>[];
  parameters: { name: string; in: string; required: boolean; example?: string }[];
  requestBody?: { content: Content };
  responses: Record<string, { description: string }>;
};
type Methods = Record<string, Operation>;
type Document = {
  info: { license: object };
  tags: { name: string }[];
  servers: object[];
  paths: Record<string, Methods>;
  webhooks: Record<string, Methods>;
  components: { schemas: object; securitySchemes: Record<string, { type: string }> };
};

const stage = prepareStage();
let document: Document;
beforeAll(async () => {
  await seedDemo({ simulatorsUrl: stage.simulatorsUrl });
  document = (await ask(stage, "/api/openapi.json")).body as Document;
});

/** Sends the example of an operation. `given` takes the place of what only an earlier answer knows. */
async function send(id: string, given: { session?: string; body?: object; parameters?: Record<string, string>; example?: string } = {}) {
  const found = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const { path, method, operation } = found.find((each) => each.operation.operationId === id) ?? {};
  if (!path || !method || !operation) throw new Error(`${id} is not described`);
  const values = { ...Object.fromEntries(operation.parameters.map(({ name, example }) => [name, example])), ...given.parameters };
  const query = new URLSearchParams();
  for (const { name, in: place } of operation.parameters) if (place === "query" && values[name]) query.set(name, values[name]);
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
  const examples = operation.requestBody?.content["application/json"].examples ?? {};
  const body = (given.example ? examples[given.example] : Object.values(examples)[0])?.value;
  const headers = {
    ...(given.session ? { "x-checkout-session": given.session } : {}),
    ...(body ? { "content-type": "application/json" } : {}),
  };
  const answer = await fetch(`${stage.appUrl}${address}?${query}`, {
    method: method.toUpperCase(),
    headers,
    ...(body ? { body: JSON.stringify({ ...body, ...given.body }) } : {}),
  });
  const text = await answer.text();
  return { status: answer.status, body: text.startsWith("{") ? JSON.parse(text) : text };
}

describe("the examples of the document, sent to the demo", () => {
  beforeEach(() => stage.owner.query("delete from slot_claim"));
  async function sellTo(policy: "hold" | "first_payer_wins"): Promise<void> {
    await stage.owner.query("update service set capacity_policy = $1", [policy]);
    await stage.owner.query("select pg_notify('konfirmado_catalog', tenant_id::text) from tenant");
  }

  test("lead from the options to a paid appointment", async () => {
    expect(await send("getBookingOptions")).toMatchObject({ status: 200, body: { tenant: { name: "Clínica Aurora" } } });
    expect(await send("getAvailability")).toMatchObject({ status: 200, body: { timezone: "America/Bogota" } });
    const held = await send("createHold");
    expect(held.status).toBe(201);
    const { id: holdId, session } = held.body;
    const booked = await send("createBooking", { session, body: { holdId } });
    expect(booked.status).toBe(201);
    const parameters = { id: booked.body.id, token: booked.body.token };
    expect(await send("createPayment", { parameters })).toMatchObject({ status: 201, body: { id: booked.body.id } });
    await stage.pay(booked.body.checkoutUrl, "approve");
    await eventually(async () => expect((await send("getBookingStatus", { parameters })).body.status).toBe("confirmed"));
    expect(await send("getBookingCalendar", { parameters })).toMatchObject({
      status: 200,
      body: expect.stringContaining("BEGIN:VCALENDAR"),
    });
  });

  test("release a hold", async () => {
    const { body } = await send("createHold");
    expect((await send("deleteHold", { session: body.session, parameters: { id: body.id } })).status).toBe(204);
  });

  test("book without a hold where the service is given to the first who pays", async () => {
    await sellTo("first_payer_wins");
    await eventually(async () => expect((await send("createBooking", { example: "firstPayerWins" })).status).toBe(201));
    await sellTo("hold");
    await eventually(async () => expect((await send("createHold")).status).toBe(201));
  });
});

test("every callback about a booking is what the document says, the example too", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0), serviceId: clinic.onlineServiceId });
  await stage.pay(booking.checkoutUrl, "approve", { amountMinor: 10_000_001 });
  const other = await stage.reachPaymentPage(clinic, { start: slotStart(4), serviceId: clinic.onlineServiceId });
  await stage.pay(other.checkoutUrl, "approve");
  await eventually(async () => {
    const answer = await fetch(`${stage.simulatorsUrl}/merchant/state/${clinic.callback.id}`);
    const bodies = ((await answer.json()) as { callbacks: { body: string }[] }).callbacks.map(({ body }) => JSON.parse(body));
    expect(bodies.map(({ evento }) => evento).sort()).toEqual(["booking.paid", "refund_case.done", "refund_case.opened"]);
    for (const body of bodies) expect(bookingCallback.safeParse(body).error).toBeUndefined();
  });
  expect(bookingCallback.parse(callbackExample)).toEqual(callbackExample);
});

test("keeps the rules of a usual linter (Redocly's recommended ones)", () => {
  const { securitySchemes } = document.components;
  expect(document.info.license).toEqual({ name: "MIT", identifier: "MIT" });
  const used = new Set<string>();
  for (const [path, methods] of Object.entries({ ...document.paths, ...document.webhooks }))
    for (const [method, operation] of Object.entries(methods)) {
      const name = `${method} ${path}`;
      expect(operation.security, name).toBeInstanceOf(Array);
      for (const proof of operation.security ?? []) for (const scheme of Object.keys(proof)) used.add(scheme);
      expect(operation.summary, name).not.toBe("");
      expect(
        Object.keys(operation.responses).some((status) => /^[23]/.test(status)),
        name,
      ).toBe(true);
      for (const tag of operation.tags) expect(document.tags.map((each) => each.name)).toContain(tag);
    }
  expect([...used].sort()).toEqual(Object.keys(securitySchemes).sort());
});
