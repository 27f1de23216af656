import { describe, expect, test } from "vitest";
import { takeWhatIsDue } from "#commands/desk/take-what-is-due.ts";
import type { ApiKeyCaller } from "#contracts/caller.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import { readEffects } from "#tests/support/outside-effects.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { linesOf, mailsTo } from "../mails/seen.ts";
import { bookHeld, changeService, holdSeen } from "../services/walk.ts";
import { refundOfCard, settledAtOnce } from "../stories.ts";
import { type Own, ownPost, setTenant, startsIn } from "./own.ts";

const stage = prepareStage({ keepsPromises: true });
const terms = {
  steps: [
    { hoursBefore: 4, percentBack: 100 },
    { hoursBefore: 1, percentBack: 50 },
  ],
  feeMinor: 0,
};
const shown = { amountMinor: 10_000_000, currency: "COP", cancellation: terms };

async function openWithTerms(): Promise<Clinic> {
  const clinic = await stage.openClinic();
  await changeService(clinic, { cancellation: terms });
  await setTenant(clinic, { customerCancelHours: 1, customerMoveHours: 1 });
  return clinic;
}

async function paid(clinic: Clinic, n = 0): Promise<Own> {
  const held = await holdSeen(stage, clinic, { start: slotStart(n), seen: shown });
  const { body } = await bookHeld(stage, clinic, held.body, { seen: shown });
  await stage.pay(body.checkoutUrl, "approve");
  await stage.reaches(body, { status: "confirmed" });
  await settledAtOnce(stage, body.id);
  return body;
}

async function casesOf({ id }: Own) {
  const { rows } = await stage.owner.query(
    `select r.reason, r.amount_minor::int as amount from refund_case r
     where r.checkout_id = $1 or r.checkout_id in (select b.id from booking_rest b where b.booking_id = $1) order by r.amount_minor`,
    [id],
  );
  return rows;
}

describe("a customer cancels by their link", () => {
  test("in time: the time is free, all that was promised goes back by itself, and everybody is told", async () => {
    const clinic = await openWithTerms();
    const booking = await paid(clinic);
    const [, both] = await Promise.all([1, 2].map(() => ownPost(stage, booking, "own-cancellation", { backMinor: 10_000_000 })));
    expect(both).toMatchObject({ status: 200, body: { status: "cancelled", refund: { reason: "cancelled", amountMinor: 10_000_000 } } });
    expect((await stage.hold(clinic, { start: slotStart(0) })).status).toBe(201);
    await settledAtOnce(stage, booking.id);
    await eventually(async () => expect((await stage.state(booking)).refund?.state).toBe(refundOfCard.state));
    await settledAtOnce(stage, booking.id);
    expect(await casesOf(booking)).toEqual([{ reason: "cancelled", amount: 10_000_000 }]);
    const { callbacks } = await readEffects(stage, clinic);
    expect(callbacks.map(({ body }) => JSON.parse(body).evento)).toEqual(expect.arrayContaining(["booking.cancelled"]));
    const cancelled = (await mailsTo(stage, clinic, "customer")).find(({ subject }) => subject.includes("cancelada"));
    const [file] = cancelled?.attachments ?? [];
    expect(linesOf(file?.text ?? "")).toEqual(expect.arrayContaining(["METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:2"]));
    const { rows } = await stage.owner.query("select actor from event where subject_id = $1 and kind = 'booking.cancelled'", [booking.id]);
    expect(rows).toEqual([{ actor: "customer" }]);
  });

  test("late: half goes back, and whoever was shown the whole is asked again", async () => {
    const clinic = await openWithTerms();
    const booking = await paid(clinic);
    await startsIn(stage, booking, 2);
    expect(await ownPost(stage, booking, "own-cancellation", { backMinor: 10_000_000 })).toMatchObject({
      status: 409,
      body: { code: "changed_meanwhile" },
    });
    expect((await stage.state(booking)).status).toBe("confirmed");
    expect((await ownPost(stage, booking, "own-cancellation", { backMinor: 5_000_000 })).status).toBe(200);
    await settledAtOnce(stage, booking.id);
    expect(await casesOf(booking)).toEqual([{ reason: "cancelled", amount: 5_000_000 }]);
  });

  test("nobody without the booking's own token changes anything", async () => {
    const clinic = await openWithTerms();
    const [mine, other] = [await paid(clinic), await paid(clinic, 4)];
    for (const token of [other.token, "", "x".repeat(43)]) {
      const stranger = { id: mine.id, token };
      const { start: from } = await stage.state(mine);
      expect((await ownPost(stage, stranger, "own-cancellation", { backMinor: 10_000_000 })).body.code).toBe("checkout_unknown");
      expect((await ownPost(stage, stranger, "own-move", { start: slotStart(8), from })).body.code).toBe("checkout_unknown");
    }
    expect(await stage.state(mine)).toMatchObject({ status: "confirmed", start: slotStart(0) });
  });

  test("is refused when it is too late, switched off, over, or when no terms were shown for the money", async () => {
    const clinic = await openWithTerms();
    const booking = await paid(clinic);
    const refused = async () => {
      const { status, body } = await ownPost(stage, booking, "own-cancellation", { backMinor: 0 });
      expect([status, body.code]).toEqual([409, "own_change_closed"]);
    };
    await startsIn(stage, booking, 0.5);
    await refused();
    await startsIn(stage, booking, 50);
    await setTenant(clinic, { customerCancelHours: null });
    await refused();
    expect((await stage.state(booking)).ownChanges).toMatchObject({ cancelUntil: null });
    const plain = await stage.openClinic();
    const withoutTerms = await stage.reachPaymentPage(plain, { start: slotStart(0) });
    expect((await ownPost(stage, withoutTerms, "own-cancellation", { backMinor: 0 })).body.code).toBe("own_change_closed");
    await stage.pay(withoutTerms.checkoutUrl, "approve");
    await stage.reaches(withoutTerms, { status: "confirmed" });
    expect((await ownPost(stage, withoutTerms, "own-cancellation", { backMinor: 0 })).body.code).toBe("own_change_closed");
    await settledAtOnce(stage, withoutTerms.id);
  });

  test("a deposit and its rest each give back their share, and the mail says the sum", async () => {
    const clinic = await openWithTerms();
    await changeService(clinic, { chargeType: "partial", depositMinor: 6_000_000 });
    const seen = { ...shown, amountMinor: 6_000_000 };
    const held = await holdSeen(stage, clinic, { start: slotStart(0), seen });
    const { body: booking } = await bookHeld(stage, clinic, held.body, { seen });
    await stage.pay(booking.checkoutUrl, "approve");
    await stage.reaches(booking, { status: "confirmed" });
    const { tenantId } = clinic;
    const caller: ApiKeyCaller = {
      kind: "api_key",
      apiKeyId: clinic.serviceId,
      tenantId,
      permissions: [],
      origin: { address: null, browser: null },
    };
    const input = { bookingId: booking.id, of: "rest" as const, taken: { method: "cash" as const }, expectedMinor: 4_000_000 };
    await takeWhatIsDue({ caller, input });
    await settledAtOnce(stage, booking.id);
    await startsIn(stage, booking, 2);
    expect((await ownPost(stage, booking, "own-cancellation", { backMinor: 5_000_000 })).status).toBe(200);
    await settledAtOnce(stage, booking.id);
    expect(await casesOf(booking)).toEqual([
      { reason: "cancelled", amount: 2_000_000 },
      { reason: "cancelled", amount: 3_000_000 },
    ]);
    const mail = (await mailsTo(stage, clinic, "customer")).find(({ subject }) => subject.includes("cancelada"));
    expect((mail?.text ?? "").replaceAll(/\s/g, " ")).toMatch(/\$ 100\.000 que pagaste te devolvemos \$ 50\.000/);
  });
});

describe("a customer moves by their link", () => {
  test("to a time that is offered: same row and charge, the old time is free, and a repeat changes nothing", async () => {
    const clinic = await openWithTerms();
    const booking = await paid(clinic);
    const body = { start: slotStart(6), from: slotStart(0) };
    for (const _ of [1, 2])
      expect(await ownPost(stage, booking, "own-move", body)).toMatchObject({ status: 200, body: { start: slotStart(6) } });
    expect((await stage.hold(clinic, { start: slotStart(0) })).status).toBe(201);
    await settledAtOnce(stage, booking.id);
    const { rows } = await stage.owner.query("select moves, cancellation from booking where id = $1", [booking.id]);
    expect(rows).toEqual([{ moves: 1, cancellation: terms }]);
    const mail = (await mailsTo(stage, clinic, "customer")).find(({ subject }) => subject.includes("cambió"));
    expect(mail?.text).toContain("Cambiaste la hora de tu cita");
    const [file] = mail?.attachments ?? [];
    expect(linesOf(file?.text ?? "")).toEqual(expect.arrayContaining([`UID:${booking.id}@konfirmado`, "SEQUENCE:3"]));
  });

  test("not onto a taken time, nor outside what is offered, nor from where it no longer is", async () => {
    const clinic = await openWithTerms();
    const [booking] = [await paid(clinic), await paid(clinic, 4)];
    const move = async (start: string, from = slotStart(0)) => (await ownPost(stage, booking, "own-move", { start, from })).body.code;
    expect(await move(slotStart(4))).toBe("slot_taken");
    expect(await move(new Date(Date.parse(slotStart(4)) + 17 * 60_000).toISOString())).toBe("slot_not_offered");
    expect(await move(slotStart(8), slotStart(2))).toBe("changed_meanwhile");
    expect(await stage.state(booking)).toMatchObject({ start: slotStart(0) });
  });

  test("late, and cancels afterwards: no more comes back than a cancellation would have brought then", async () => {
    const clinic = await openWithTerms();
    const booking = await paid(clinic);
    await startsIn(stage, booking, 2);
    await stage.owner.query("delete from slot_claim where checkout_id is null");
    const { start: from } = await stage.state(booking);
    expect((await ownPost(stage, booking, "own-move", { start: slotStart(200), from })).status).toBe(200);
    expect((await ownPost(stage, booking, "own-cancellation", { backMinor: 10_000_000 })).body.code).toBe("changed_meanwhile");
    expect((await ownPost(stage, booking, "own-cancellation", { backMinor: 5_000_000 })).status).toBe(200);
    await settledAtOnce(stage, booking.id);
    expect(await casesOf(booking)).toEqual([{ reason: "cancelled", amount: 5_000_000 }]);
  });
});
