import { hc } from "hono/client";
import { beforeAll, expect, test } from "vitest";
import type { BookingState, CheckoutAnswer, HoldAnswer } from "#contracts/checkout.ts";
import type { Problem } from "#contracts/problem.ts";
import type { Api } from "#http/app.ts";
import type { Clinic } from "../support/clinic.ts";
import { customerOfTests, slotStart } from "../support/customer.ts";
import { prepareStage } from "../support/stage.ts";

const stage = prepareStage({ worker: false });
let clinic: Clinic;
let client: ReturnType<typeof hc<Api>>;
beforeAll(async () => {
  clinic = await stage.openClinic();
  client = hc<Api>(stage.appUrl);
});

const wish = (slot: number) => ({
  link: clinic.link,
  serviceId: clinic.serviceId,
  professionalId: clinic.professionalId,
  start: slotStart(slot),
});

test("hono's client walks from the hold to the payment page, typed by the operations", async () => {
  const held = await client.api.holds.$post({ json: wish(0) });
  if (held.status !== 201) throw new Error(`refused: ${(await held.json()).code}`);
  const hold: HoldAnswer = await held.json();

  const header = { "x-checkout-session": hold.session };
  const details = { customer: customerOfTests, acceptedTerms: true, provider: "wompi" } as const;
  const started = await client.api.bookings.$post({ json: { link: clinic.link, holdId: hold.id, ...details }, header });
  if (!started.ok) throw new Error(`refused: ${(await started.json()).code}`);
  const booking: CheckoutAnswer = await started.json();

  const again = await client.api.bookings[":id"].payments.$post({
    param: { id: booking.id },
    query: { token: booking.token },
    json: { provider: "wompi" },
    header: { "idempotency-key": "one-more" },
  });
  expect(again.status).toBe(201);

  const seen = await client.api.bookings[":id"].status.$get({ param: { id: booking.id }, query: { token: booking.token } });
  if (!seen.ok) throw new Error("no state");
  const state: BookingState = await seen.json();
  expect(state).toMatchObject({ id: booking.id, status: "pending", start: slotStart(0) });
});

test("a refusal is typed as a problem, and 204 as nothing", async () => {
  const held = await client.api.holds.$post({ json: wish(1) });
  if (held.status !== 201) throw new Error("refused");
  const { id, session } = await held.json();
  const foreign = await client.api.holds[":id"].$delete({ param: { id } });
  if (foreign.status !== 404) throw new Error("not refused");
  const problem: Problem = await foreign.json();
  expect(problem.code).toBe("hold_unknown");
  expect((await client.api.holds[":id"].$delete({ param: { id }, header: { "x-checkout-session": session } })).status).toBe(204);
});

test("what the contract does not know is a type error", async () => {
  // @ts-expect-error a body without a professional
  expect((await client.api.holds.$post({ json: { link: clinic.link, serviceId: clinic.serviceId, start: slotStart(2) } })).status).toBe(
    422,
  );
  // @ts-expect-error a method that the address does not take
  expect(client.api.holds.$get).toBeTypeOf("function");
  // @ts-expect-error a booking's state without its token
  expect((await client.api.bookings[":id"].status.$get({ param: { id: clinic.serviceId } })).status).toBe(404);
  // @ts-expect-error an address that there is not
  expect((await client.api.nothing.$get()).status).toBe(404);
});

test("addresses that answer no JSON, and those that take several methods, are there too", async () => {
  const ready = await client.readyz.$get();
  const isReady: boolean = ready.ok ? (await ready.json()).ready : false;
  expect(isReady).toBe(true);
  const headers = { authorization: "Bearer cron-secret-of-the-tests" };
  for (const call of [client.api.cron["cleanup-holds"].$get, client.api.cron["cleanup-holds"].$post]) {
    const tidied = await call({}, { headers });
    if (!tidied.ok) throw new Error("refused");
    expect(await tidied.json()).toMatchObject({ success: true });
  }
  const page = await client.api.docs.$get();
  if (!page.ok) throw new Error("no page");
  expect(await page.text()).toContain("Konfirmado API");
});
