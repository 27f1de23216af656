import { expect, test } from "vitest";
import { sessionHash } from "#queries/session-hash.ts";
import type { Clinic } from "../support/clinic.ts";
import { slotStart } from "../support/customer.ts";
import { prepareStage } from "../support/stage.ts";
import { isLongForm } from "./contest.ts";

/** Holds travel in batches, so each answer must find the customer who asked. */
const stage = prepareStage({ worker: false });
const customers = 64;

type Wish = { start: string; professionalId: string; session?: string };
const ask = (clinic: Clinic, wishes: readonly Wish[]) => Promise.all(wishes.map((wish) => stage.hold(clinic, wish)));
const professionalsOf = (clinic: Clinic) => [clinic.professionalId, clinic.otherProfessionalId];

/** Neighbours in the queue want the same time of two professionals, so that no order hides a mix-up. */
function wishesOf(clinic: Clinic): Wish[] {
  return Array.from({ length: customers }, (_, index) => ({
    start: slotStart(Math.floor(index / 2)),
    professionalId: professionalsOf(clinic)[index % 2] ?? "",
  }));
}

async function claimsOf(clinic: Clinic, states: readonly string[]) {
  const { rows } = await stage.owner.query<{ id: string; professionalId: string; start: Date; session: string; checkoutId: string | null }>(
    `select id, professional_id as "professionalId", starts_at as start, session, checkout_id as "checkoutId"
     from slot_claim where tenant_id = $1 and state = any ($2)`,
    [clinic.tenantId, states],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

test(`${customers} customers hold at once with two professionals: each has its own hold, and keeps it when asking again`, async () => {
  const clinic = await stage.openClinic();
  const wishes = wishesOf(clinic);
  const held = await ask(clinic, wishes);
  expect(held.map(({ status }) => status)).toEqual(Array(customers).fill(201));
  const claims = await claimsOf(clinic, ["held"]);
  expect(claims.size).toBe(customers);
  for (const [index, { body }] of held.entries()) {
    const { start, professionalId } = wishes[index] ?? {};
    expect(body.start).toBe(start);
    expect(claims.get(body.id)).toMatchObject({ professionalId, start: new Date(body.start), session: sessionHash(body.session) });
  }
  expect(new Set(held.map(({ body }) => body.session)).size).toBe(customers);

  const again = await ask(
    clinic,
    wishes.map((wish, index) => ({ ...wish, session: held[index]?.body.session ?? "" })),
  );
  const seen = (replies: typeof held) => replies.map(({ body: { id, start, expiresAt, session } }) => ({ id, start, expiresAt, session }));
  expect(seen(again)).toEqual(seen(held));
  expect(await claimsOf(clinic, ["held"])).toEqual(claims);
});

/** Most providers are called for each page. */
const payers = isLongForm ? customers : 24;

test(`${payers} customers book at once what they hold: each pays for its own professional, time and name`, async () => {
  const clinic = await stage.openClinic();
  const wishes = wishesOf(clinic).slice(0, payers);
  const held = await ask(clinic, wishes);
  const booked = await Promise.all(
    held.map(({ body: { id: holdId, session } }, index) =>
      stage.book(clinic, { holdId, session, customer: { name: `Ana ${index}`, email: `ana${index}@example.com`, phone: "300 123 4567" } }),
    ),
  );
  expect(booked.map(({ status }) => status)).toEqual(Array(payers).fill(201));
  const claims = await claimsOf(clinic, ["paying"]);
  const { rows } = await stage.owner.query<{ id: string; email: string; professionalId: string; start: Date }>(
    `select b.id, k.customer_email as email, b.professional_id as "professionalId", b.starts_at as start
     from booking b join checkout k on k.tenant_id = b.tenant_id and k.id = b.id where b.tenant_id = $1`,
    [clinic.tenantId],
  );
  const bookings = new Map(rows.map((row) => [row.id, row]));
  for (const [index, { body }] of booked.entries()) {
    const { start = "", professionalId } = wishes[index] ?? {};
    const own = { professionalId, start: new Date(start) };
    expect(bookings.get(body.id)).toMatchObject({ ...own, email: `ana${index}@example.com` });
    expect(claims.get(held[index]?.body.id ?? "")).toMatchObject({ ...own, checkoutId: body.id });
  }
});

test("a slot that one professional has sold is not taken at the other: of 32 who want each, one gets the free one", async () => {
  const clinic = await stage.openClinic();
  for (let round = 0; round < 12; round += 1) {
    const start = slotStart(round);
    const sold = professionalsOf(clinic)[round % 2] ?? "";
    expect((await stage.hold(clinic, { start, professionalId: sold })).status).toBe(201);
    const wishes = Array.from({ length: customers }, (_, index) => ({ start, professionalId: professionalsOf(clinic)[index % 2] ?? "" }));
    const outcomes = (await ask(clinic, wishes)).map(({ status, body }, index) => ({
      isSold: wishes[index]?.professionalId === sold,
      outcome: status === 201 ? "held" : body.code,
    }));
    const ofSold = outcomes.filter(({ isSold }) => isSold).map(({ outcome }) => outcome);
    const ofFree = outcomes.filter(({ isSold }) => !isSold).map(({ outcome }) => outcome);
    expect(ofSold).toEqual(Array(32).fill("slot_taken"));
    expect(ofFree.toSorted()).toEqual(["held", ...Array(31).fill("slot_taken")]);
  }
});

test("one person may hold the same hour with two professionals in two sessions, and each is released alone", async () => {
  const clinic = await stage.openClinic();
  const [one, other] = await ask(
    clinic,
    professionalsOf(clinic).map((professionalId) => ({ start: slotStart(0), professionalId })),
  );
  const release = (id: string | undefined, session: string | undefined) =>
    fetch(`${stage.appUrl}/api/holds/${id}`, { method: "DELETE", headers: { "x-checkout-session": session ?? "" } });
  expect((await release(other?.body.id, one?.body.session)).status).toBe(404);
  expect((await release(one?.body.id, one?.body.session)).status).toBe(204);
  expect([...(await claimsOf(clinic, ["held"])).keys()]).toEqual([other?.body.id]);
});
