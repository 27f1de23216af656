import { afterAll, beforeAll, expect, test } from "vitest";
import { type Clinic, openClinic } from "../support/clinic.ts";
import { slotStart } from "../support/customer.ts";
import { startWorld, type World } from "../support/world.ts";
import { type Program, startProgram, stopPrograms } from "./program.ts";

/** Attackers and customers share two cores with the server and the database; alone on its machine the server fares better. */
const ratioMax = 6;
const customers = 24;

let world: World;
let web: Program;
let clinic: Clinic;
beforeAll(async () => {
  world = await startWorld({ worker: false });
  web = await startProgram(world, "src/server.ts", { RATE_LIMIT_CHANGES: "10", HOLDS_PER_ADDRESS: "20" });
  clinic = await openClinic(world);
});
afterAll(async () => {
  await stopPrograms();
  await world.stop();
});

const json = { "content-type": "application/json" };
let slot = 0;
/** The last half hour of each day is not offered: it would end at midnight. */
const openSlot = (n: number) => n + Math.floor(n / 47);

/** Hold and booking of somebody with an address of their own, in milliseconds. */
async function payOnce(n: number): Promise<number> {
  const headers = { ...json, "x-forwarded-for": `203.0.113.${n % 250}` };
  const startedAt = performance.now();
  const wish = {
    link: clinic.link,
    serviceId: clinic.serviceId,
    professionalId: clinic.professionalId,
    start: slotStart(openSlot(slot++)),
  };
  const held = (await (await fetch(`${web.url}/api/holds`, { method: "POST", headers, body: JSON.stringify(wish) })).json()) as {
    id: string;
    session: string;
  };
  const booking = {
    link: clinic.link,
    holdId: held.id,
    customer: { name: "Ana", email: "ana@example.com", phone: "3001234567" },
    acceptedTerms: true,
    provider: "wompi",
  };
  const booked = await fetch(`${web.url}/api/bookings`, {
    method: "POST",
    headers: { ...headers, "x-checkout-session": held.session },
    body: JSON.stringify(booking),
  });
  expect(booked.status).toBe(201);
  return performance.now() - startedAt;
}

async function medianOf(run: (n: number) => Promise<number>, from: number): Promise<number> {
  const times = [];
  for (let n = 0; n < customers; n += 1) times.push(await run(from + n));
  return times.toSorted((a, b) => a - b)[Math.floor(customers / 2)] ?? 0;
}

test("while holds are spammed and junk webhooks rain, a paying customer is served about as fast as before", async () => {
  await medianOf(payOnce, 0);
  const calm = await medianOf(payOnce, 50);

  let isOver = false;
  const answers = new Map<string, number>();
  const attack = async (k: number, send: (n: number) => Promise<Response>) => {
    for (let n = 0; !isOver; n += 1) {
      const { status } = await send(n).then(async (answer) => {
        await answer.arrayBuffer();
        return answer;
      });
      const key = `${k < 2 ? "hold" : "webhook"} ${status}`;
      answers.set(key, (answers.get(key) ?? 0) + 1);
    }
  };
  const wish = JSON.stringify({
    link: clinic.link,
    serviceId: clinic.serviceId,
    professionalId: clinic.otherProfessionalId,
    start: slotStart(1),
  });
  const spam = () => fetch(`${web.url}/api/holds`, { method: "POST", headers: { ...json, "x-forwarded-for": "198.51.100.1" }, body: wish });
  const deep = "[".repeat(60_000);
  const junk = (k: number) => (n: number) =>
    fetch(`${web.url}/api/webhooks/wompi`, {
      method: "POST",
      headers: { ...json, "x-forwarded-for": `198.51.100.${10 + k}` },
      body: n % 2 ? deep : '{"event":"transaction.updated"}',
    });
  const attackers = [0, 1].map((k) => attack(k, spam)).concat([2, 3, 4, 5].map((k) => attack(k, junk(k))));
  const underAttack = await medianOf(payOnce, 100);
  isOver = true;
  await Promise.all(attackers);

  console.log(
    `hold and booking: ${calm.toFixed(1)} ms calm, ${underAttack.toFixed(1)} ms under attack; attackers got ${JSON.stringify(Object.fromEntries(answers))}`,
  );
  expect(underAttack / calm).toBeLessThan(ratioMax);
  const total = [...answers.values()].reduce((sum, count) => sum + count, 0);
  const refused = (answers.get("hold 429") ?? 0) + (answers.get("webhook 429") ?? 0);
  expect(refused / total).toBeGreaterThan(0.5);
});
