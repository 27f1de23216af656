import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { prepareStage } from "../support/stage.ts";
import { ask, expectProblem } from "./request.ts";

const changesAllowed = 3;
const stage = prepareStage({ worker: false, settings: { RATE_LIMIT_CHANGES: String(changesAllowed), HOLDS_PER_ADDRESS: "1" } });

/** An address that nobody used before, as the proxy in front tells it. */
const somewhere = () => ({ "x-forwarded-for": `2001:db8:${randomUUID().slice(0, 4)}:${randomUUID().slice(0, 4)}::1` });
const change = (headers: Record<string, string>) => ask(stage, "/api/holds", { json: {}, headers });

test("an address that changes too much hears when it may come back; others do not notice", async () => {
  const headers = somewhere();
  for (let turn = 0; turn < changesAllowed; turn += 1) expectProblem(await change(headers), "invalid_request");
  const refused = await change(headers);
  expectProblem(refused, "rate_limited");
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
  expect(Number(refused.headers.get("retry-after"))).toBeLessThanOrEqual(10);
  expectProblem(await change(somewhere()), "invalid_request");
});

test("all changes of an address count together", async () => {
  const headers = somewhere();
  await change(headers);
  await ask(stage, "/api/bookings", { json: {}, headers });
  await ask(stage, `/api/holds/${randomUUID()}`, { method: "DELETE", headers });
  expectProblem(await ask(stage, `/api/bookings/${randomUUID()}/payments`, { json: {}, headers }), "rate_limited");
});

test("only what the nearest proxy says counts: an address that a customer invents does not help", async () => {
  const real = somewhere()["x-forwarded-for"];
  const invented = () => ({ "x-forwarded-for": `192.0.2.${Math.floor(Math.random() * 255)}, ${real}` });
  for (let turn = 0; turn < changesAllowed; turn += 1) await change(invented());
  expectProblem(await change(invented()), "rate_limited");
});

test("looking does not use up what changing is allowed", async () => {
  const headers = somewhere();
  for (let turn = 0; turn < changesAllowed * 3; turn += 1) await ask(stage, "/api/booking/nobody-knows-it/options", { headers });
  expectProblem(await change(headers), "invalid_request");
});

test("whoever guesses discount codes waits longer than for another change", async () => {
  const headers = somewhere();
  const guess = (n: number) => ask(stage, `/store/carts/${randomUUID()}/discount`, { method: "PUT", json: { code: `VIP${n}` }, headers });
  for (let turn = 0; turn < changesAllowed; turn += 1) expectProblem(await guess(turn), "cart_unknown");
  const refused = await guess(changesAllowed);
  expectProblem(refused, "rate_limited");
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(10);
  expect(Number(refused.headers.get("retry-after"))).toBeLessThanOrEqual(600);
});

test("one address may hold only so many slots", async () => {
  const clinic = await stage.openClinic();
  const headers = somewhere();
  const hold = (n: number) => {
    const start = new Date(Math.ceil(Date.now() / 86_400_000) * 86_400_000 + 86_400_000 + n * 1_800_000).toISOString();
    return ask(stage, "/api/holds", {
      json: { link: clinic.link, serviceId: clinic.serviceId, professionalId: clinic.professionalId, start },
      headers,
    });
  };
  expect((await hold(12)).status).toBe(201);
  const refused = await hold(13);
  expectProblem(refused, "too_many_holds");
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
});
