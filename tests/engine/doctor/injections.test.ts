import { afterAll, describe, expect, test } from "vitest";
import { moveBooking } from "#commands/bookings/move-booking.ts";
import { cancelCheckout } from "#commands/checkouts/cancel-checkout.ts";
import { resolveRefundManually } from "#commands/refund-cases/resolve-manually.ts";
import type { Clinic } from "../../support/clinic.ts";
import { slotStart } from "../../support/customer.ts";
import { eventually } from "../../support/end-state.ts";
import { prepareStage } from "../../support/stage.ts";
import { facts, refundCases, refundOfCard, settledAtOnce } from "../stories.ts";
import { foundIn, foundWhenBroken } from "./break-it.ts";
import { type Injection, intoConfirmed, intoMoved, intoPending, intoRefunded, intoSecond } from "./injections.ts";

/**
 * Each fault is put into a healthy story by hand, and exactly its check speaks. The story is told
 * once for all of its faults: each is undone.
 */
type Place = { professionalId: string; start: string };
type Told = { clinic: Clinic; bookingId: string };

function tellAll(stage: ReturnType<typeof prepareStage>, injections: readonly Injection[], tell: () => Promise<Told>) {
  let told: Promise<Told> | undefined;

  // An event that names a charge and nothing else proves no approval.
  const fitting = injections.filter(
    ({ needsProof = false, needsLookup = false }) =>
      (!needsProof || facts.signatureCovers !== "id_only") && (!needsLookup || facts.lookup !== "none"),
  );

  test.each(fitting)("$what", async ({ statement, speaks }) => {
    told ??= tell();
    const { clinic, bookingId } = await told;
    expect(await foundIn(clinic)).toEqual([]);
    expect(await foundWhenBroken(stage, clinic, { statement, bookingId })).toEqual([...speaks].toSorted());
  });
  afterAll(async () => {
    if (told) expect(await foundIn((await told).clinic)).toEqual([]);
  });
}

describe("with a worker", () => {
  const stage = prepareStage();

  async function sendBackByHand(clinic: Clinic): Promise<void> {
    const { tenantId } = clinic;
    for (const { id: refundCaseId } of await refundCases(stage, clinic))
      await resolveRefundManually({ caller: { kind: "operator" }, input: { tenantId, refundCaseId, proof: "transfer 77" } });
  }

  async function confirmed(clinic: Clinic, start: string, serviceId: string) {
    const booking = await stage.reachPaymentPage(clinic, { start, serviceId });
    await stage.pay(booking.checkoutUrl, "approve");
    await stage.reaches(booking, { status: "confirmed" });
    await settledAtOnce(stage, booking.id);
    return booking;
  }

  describe("the doctor sees, in a confirmed booking:", () => {
    tellAll(stage, intoConfirmed, async () => {
      const clinic = await stage.openClinic();
      return { clinic, bookingId: (await confirmed(clinic, slotStart(0), clinic.onlineServiceId)).id };
    });
  });

  describe("the doctor sees, in a moved booking:", () => {
    tellAll(stage, intoMoved, async () => {
      const clinic = await stage.openClinic();
      const booking = await confirmed(clinic, slotStart(0), clinic.onlineServiceId);
      const { tenantId, professionalId } = clinic;
      const [expected, to] = [0, 4].map((n) => ({ professionalId, start: slotStart(n) })) as [Place, Place];
      const input = { tenantId, bookingId: booking.id, expected, to, tellsCustomer: true, ignoresHours: false };
      await moveBooking({ caller: { kind: "operator" }, input });
      await settledAtOnce(stage, booking.id);
      return { clinic, bookingId: booking.id };
    });
  });

  describe("the doctor sees, in a refunded booking:", () => {
    tellAll(stage, intoRefunded, async () => {
      const clinic = await stage.openClinic();
      const booking = await confirmed(clinic, slotStart(0), clinic.serviceId);
      await cancelCheckout({ caller: { kind: "operator" }, input: { tenantId: clinic.tenantId, checkoutId: booking.id } });
      await eventually(async () => {
        await settledAtOnce(stage, booking.id);
        expect((await stage.state(booking)).refund).toMatchObject({ reason: "cancelled", state: refundOfCard.state });
      });
      if (refundOfCard.state === "manual") await sendBackByHand(clinic);
      await settledAtOnce(stage, booking.id);
      return { clinic, bookingId: booking.id };
    });
  });

  describe("the doctor sees:", () => {
    tellAll(stage, intoSecond, async () => {
      const clinic = await stage.openClinic();
      await confirmed(clinic, slotStart(0), clinic.serviceId);
      return { clinic, bookingId: (await confirmed(clinic, slotStart(4), clinic.serviceId)).id };
    });
  });
});

describe("without a worker", () => {
  const stage = prepareStage({ worker: false });

  describe("the doctor sees, in a booking whose payment page is open:", () => {
    tellAll(stage, intoPending, async () => {
      const clinic = await stage.openClinic();
      return { clinic, bookingId: (await stage.reachPaymentPage(clinic, { start: slotStart(0) })).id };
    });
  });
});
