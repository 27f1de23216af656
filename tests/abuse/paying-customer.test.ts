import { afterAll, beforeAll, expect, test } from "vitest";
import { type Clinic, openClinic } from "../support/clinic.ts";
import { slotStart } from "../support/customer.ts";
import { startWorld, type World } from "../support/world.ts";
import { type Program, startProgram, stopPrograms } from "./program.ts";

/** Attackers, customers, server and database share two cores and one of the two processes; alone on its machine the server fares better. */
const ratioMax = 8;
/** Calm and attack by turns, so that what else the machine does falls on both. */
const rounds = 4;
const customersPerRound = 6;

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

let customers = 0;
async function payInTurn(times: number[]): Promise<void> {
  for (let n = 0; n < customersPerRound; n += 1) times.push(await payOnce(customers++));
}

/** Two spammers of holds and four of junk webhooks, each from one address, as fast as they are answered. Returns what ends them. */
function attack(answers: Map<string, number>): () => Promise<unknown> {
  let isOver = false;
  const wish = { link: clinic.link, serviceId: clinic.serviceId, professionalId: clinic.otherProfessionalId, start: slotStart(1) };
  const junk = ["[".repeat(60_000), '{"event":"transaction.updated"}'];
  const keepOn = async (what: "hold" | "webhook", address: string) => {
    for (let n = 0; !isOver; n += 1) {
      const body = what === "hold" ? JSON.stringify(wish) : junk[n % 2];
      const path = what === "hold" ? "/api/holds" : "/api/webhooks/wompi";
      const answer = await fetch(web.url + path, { method: "POST", headers: { ...json, "x-forwarded-for": address }, body: body ?? "" });
      await answer.arrayBuffer();
      const key = `${what} ${answer.status}`;
      answers.set(key, (answers.get(key) ?? 0) + 1);
    }
  };
  const spammers = [1, 2].map((k) => keepOn("hold", `198.51.100.${k}`));
  const forgers = [3, 4, 5, 6].map((k) => keepOn("webhook", `198.51.100.${k}`));
  return () => {
    isOver = true;
    return Promise.all([...spammers, ...forgers]);
  };
}

const medianOf = (times: number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

test("while holds are spammed and junk webhooks rain, a paying customer is served about as fast as before", async () => {
  await payInTurn([]);
  const calm: number[] = [];
  const underAttack: number[] = [];
  const answers = new Map<string, number>();
  for (let round = 0; round < rounds; round += 1) {
    await payInTurn(calm);
    const endAttack = attack(answers);
    await payInTurn(underAttack);
    await endAttack();
  }
  const ratio = medianOf(underAttack) / medianOf(calm);
  const told = `${medianOf(calm).toFixed(1)} ms calm, ${medianOf(underAttack).toFixed(1)} ms under attack (${ratio.toFixed(1)}×)`;
  console.log(`hold and booking: ${told}; attackers got ${JSON.stringify(Object.fromEntries(answers))}`);
  expect(ratio).toBeLessThan(ratioMax);
  const total = [...answers.values()].reduce((sum, count) => sum + count, 0);
  const refused = (answers.get("hold 429") ?? 0) + (answers.get("webhook 429") ?? 0);
  expect(refused / total).toBeGreaterThan(0.5);
});
