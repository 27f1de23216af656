import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { holdAnswer } from "#contracts/checkout.ts";
import type { Clinic } from "../support/clinic.ts";
import { slotStart } from "../support/customer.ts";
import { prepareStage } from "../support/stage.ts";
import { type Asked, ask, expectProblem, expectShape } from "./request.ts";

const stage = prepareStage({ worker: false });
let clinic: Clinic;
beforeAll(async () => {
  clinic = await stage.openClinic();
});

type Wish = { start: string; serviceId?: string; professionalId?: string; link?: string };
const wished = (wish: Wish) => ({ link: clinic.link, serviceId: clinic.serviceId, professionalId: clinic.professionalId, ...wish });
const hold = (wish: Wish, asked: Asked = {}) => ask(stage, "/api/holds", { ...asked, json: wished(wish) });
const held = async (wish: Wish, asked: Asked = {}) => {
  const answer = await hold(wish, asked);
  expect(answer.status, answer.text).toBe(201);
  return expectShape(holdAnswer, answer.body);
};
const release = (id: string, asked: Asked = {}) => ask(stage, `/api/holds/${id}`, { method: "DELETE", ...asked });

describe("POST /api/holds", () => {
  test("holds the slot for the tenant's minutes and gives a program its session", async () => {
    const answer = await hold({ start: slotStart(0) });
    expect(answer.status).toBe(201);
    const { start, end, expiresAt } = expectShape(holdAnswer, answer.body);
    expect([start, Date.parse(end) - Date.parse(start)]).toEqual([slotStart(0), 30 * 60_000]);
    expect(Math.abs(Date.parse(expiresAt) - Date.now() - 600_000)).toBeLessThan(10_000);
  });

  test("the session comes back as a header", async () => {
    const first = await held({ start: slotStart(1) });
    expect(await held({ start: slotStart(1) }, { session: first.session })).toEqual(first);
  });

  test("the same hold asked for again is the same one: its end does not move, and there is one claim", async () => {
    const first = await held({ start: slotStart(9) });
    await stage.owner.query("update slot_claim set expires_at = expires_at - interval '1 minute' where id = $1", [first.id]);
    const again = await held({ start: slotStart(9) }, { session: first.session });
    expect(again).toEqual({ ...first, expiresAt: new Date(Date.parse(first.expiresAt) - 60_000).toISOString() });
    const { rows } = await stage.owner.query("select id from slot_claim where tenant_id = $1 and starts_at = $2", [
      clinic.tenantId,
      slotStart(9),
    ]);
    expect(rows).toEqual([{ id: first.id }]);
  });

  test.each(["short", "with space in it, and long", "x".repeat(129), "ünïcödë-and-long-enough"])(
    "a session like %j is not taken over",
    async (session) => {
      const headers = { cookie: `checkout_session=${encodeURIComponent(session)}` };
      expect(
        (await held({ start: slotStart(2) }, { headers }).then((answer) => release(answer.id, { session: answer.session }))).status,
      ).toBe(204);
    },
  );

  test("a slot that is held is taken for others", async () => {
    await held({ start: slotStart(3) });
    expectProblem(await hold({ start: slotStart(3) }), "slot_taken");
  });

  test("another slot replaces the first; a refused one leaves it as it was", async () => {
    const first = await held({ start: slotStart(4) });
    const { session } = first;
    await held({ start: slotStart(5) });
    expectProblem(await hold({ start: slotStart(5) }, { session }), "slot_taken");
    expect(await held({ start: slotStart(4) }, { session })).toEqual(first);
    await held({ start: slotStart(6) }, { session });
    await held({ start: slotStart(4) });
  });

  test("the same moment may be written in any zone", async () => {
    const local = `${new Date(Date.parse(slotStart(7)) - 5 * 3_600_000).toISOString().slice(0, 19)}-05:00`;
    expect((await held({ start: local })).start).toBe(slotStart(7));
  });

  test.each<[string, () => Promise<Wish> | Wish]>([
    ["off the grid", () => ({ start: new Date(Date.parse(slotStart(8)) + 60_000).toISOString() })],
    ["a second off the grid", () => ({ start: slotStart(8).replace(":00.000Z", ":01.000Z") })],
    ["in the past", () => ({ start: slotStart(-200) })],
    ["beyond the horizon", () => ({ start: slotStart(70 * 48) })],
    ["in the year 9999", () => ({ start: "9999-12-31T23:30:00.000Z" })],
    ["in the year 1", () => ({ start: "0001-01-01T00:00:00.000Z" })],
    ["of an unknown professional", () => ({ start: slotStart(8), professionalId: randomUUID() })],
    ["of an unknown service", () => ({ start: slotStart(8), serviceId: randomUUID() })],
    [
      "of another merchant's professional",
      async () => ({ start: slotStart(8), professionalId: (await stage.openClinic()).professionalId }),
    ],
  ])("a slot %s is not offered", async (_name, wish) => {
    expectProblem(await hold(await wish()), "slot_not_offered");
  });

  test("a slot outside the working hours, or sooner than the least notice, is not offered", async () => {
    const own = await stage.openClinic();
    const wish = { link: own.link, serviceId: own.serviceId, professionalId: own.professionalId };
    await stage.owner.query("update working_hours set starts_at = '09:00', ends_at = '17:00' where tenant_id = $1", [own.tenantId]);
    await stage.owner.query("update service set lead_minutes = 43200 where id = $1", [own.depositServiceId]);
    // slotStart(0) is midnight in Bogotá.
    expectProblem(await hold({ ...wish, start: slotStart(17) }), "slot_not_offered");
    expectProblem(await hold({ ...wish, start: slotStart(34) }), "slot_not_offered");
    expectProblem(await hold({ ...wish, serviceId: own.depositServiceId, start: slotStart(20) }), "slot_not_offered");
    await held({ ...wish, start: slotStart(18) });
    await held({ ...wish, start: slotStart(33) });
  });

  test("a professional who does not give the service is not offered for it", async () => {
    const own = await stage.openClinic();
    await stage.owner.query("delete from service_professional where professional_id = $1 and service_id = $2", [
      own.professionalId,
      own.serviceId,
    ]);
    expectProblem(
      await hold({ link: own.link, serviceId: own.serviceId, professionalId: own.professionalId, start: slotStart(0) }),
      "slot_not_offered",
    );
  });

  test("a service that goes to whoever pays first is not held", async () => {
    const own = await stage.openClinic({ policy: "first_payer_wins" });
    expectProblem(
      await hold({ link: own.link, serviceId: own.serviceId, professionalId: own.professionalId, start: slotStart(0) }),
      "slot_not_offered",
    );
  });

  test("every field that is missing or wrong is named, and unknown ones are refused", async () => {
    expect(expectProblem(await ask(stage, "/api/holds", { json: {} }), "invalid_request").sort()).toEqual([
      "link",
      "professionalId",
      "serviceId",
      "start",
    ]);
    expect(expectProblem(await hold({ start: "soon" }), "invalid_request")).toEqual(["start"]);
    expect(expectProblem(await hold({ start: "2026-11-23" }), "invalid_request")).toEqual(["start"]);
    expect(expectProblem(await hold({ start: slotStart(8), serviceId: "1" }), "invalid_request")).toEqual(["serviceId"]);
    expectProblem(await ask(stage, "/api/holds", { json: { ...wished({ start: slotStart(8) }), price: 1 } }), "invalid_request");
    for (const json of [null, [], "text", 5]) expectProblem(await ask(stage, "/api/holds", { json }), "invalid_request");
  });

  test("a character that no text may hold is refused, not a fault", async () => {
    const { status } = await hold({ start: slotStart(8), link: "a\u0000b" });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });
});

describe("DELETE /api/holds/{id}", () => {
  test("lets the slot go for its own session; a second time there is no such hold", async () => {
    const { id, session } = await held({ start: slotStart(40) });
    const answer = await release(id, { session });
    expect([answer.status, answer.text]).toEqual([204, ""]);
    expectProblem(await release(id, { session }), "hold_unknown");
    await held({ start: slotStart(40) });
  });

  test("a repeat of the release does not touch who has the slot by then", async () => {
    const first = await held({ start: slotStart(44) });
    expect((await release(first.id, { session: first.session })).status).toBe(204);
    const next = await held({ start: slotStart(44) });
    expectProblem(await release(first.id, { session: first.session }), "hold_unknown");
    expectProblem(await release(next.id, { session: first.session }), "hold_unknown");
    expect(await held({ start: slotStart(44) }, { session: next.session })).toEqual(next);
  });

  test("another session, none, and an unknown id get the same answer, and the hold stays", async () => {
    const { id, session } = await held({ start: slotStart(41) });
    const other = await held({ start: slotStart(42) });
    const answers = [
      await release(id, { session: other.session }),
      await release(id),
      await release(randomUUID(), { session }),
      await release("1", { session }),
    ];
    for (const answer of answers) expectProblem(answer, "hold_unknown");
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    expectProblem(await hold({ start: slotStart(41) }), "slot_taken");
  });

  test("while the payment page is open, nobody can let the slot go", async () => {
    const { holdId, session } = await stage.reachPaymentPage(clinic, { start: slotStart(43) });
    expectProblem(await release(holdId, { session }), "hold_paying");
    expectProblem(await release(holdId), "hold_unknown");
    expectProblem(await hold({ start: slotStart(43) }), "slot_taken");
  });
});
