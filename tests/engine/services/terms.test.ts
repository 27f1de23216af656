import { describe, expect, test } from "vitest";
import { slotStart } from "#tests/support/customer.ts";
import { readEffects } from "#tests/support/outside-effects.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { bookHeld, changeService, holdSeen } from "./walk.ts";

const stage = prepareStage({ keepsPromises: true });
const kind = {
  steps: [
    { hoursBefore: 4, percentBack: 100 },
    { hoursBefore: 1, percentBack: 50 },
  ],
  feeMinor: 0,
};
const harsh = { steps: [{ hoursBefore: 4, percentBack: 10 }], feeMinor: 500_000 };
const shown = { amountMinor: 10_000_000, currency: "COP" };

async function mailsOf(clinic: Awaited<ReturnType<typeof stage.openClinic>>, role: string) {
  const { mails } = await readEffects(stage, clinic);
  return mails.filter(({ to }) => to.includes(`${role}@${clinic.link}.example`));
}
const plain = (text: string | null | undefined): string => (text ?? "").replaceAll(/[\u00A0\u202F\u2009]/g, " ").replaceAll(/\s+/g, " ");

test("a fixed deposit is what the provider is asked for, and the rest is left to pay", async () => {
  const clinic = await stage.openClinic();
  await changeService(clinic, { chargeType: "partial", depositMinor: 5_333_350, depositPercent: 80 });
  const held = await stage.hold(clinic, { start: slotStart(0) });
  await changeService(clinic, { depositMinor: 9_000_000 });
  const booked = await bookHeld(stage, clinic, held.body);
  // Down to whole pesos, as frozen with the hold.
  expect(booked.body.amountMinor).toBe(5_333_300);
  await stage.pay(booked.body.checkoutUrl, "approve");
  await stage.reaches(booked.body, { status: "confirmed", amountMinor: 5_333_300, priceMinor: 10_000_000 });
  await stage.settled(booked.body.id);
  const { callbacks } = await readEffects(stage, clinic);
  expect(JSON.parse(callbacks[0]?.body ?? "{}").servicio).toMatchObject({ pago: "partial", precio: 100_000, monto_cobrado: 53_333 });
});

describe("cancellation terms", () => {
  test("of a living hold are frozen with the booking, and the customer's mail tells them", async () => {
    const clinic = await stage.openClinic();
    await changeService(clinic, { cancellation: kind });
    const held = await holdSeen(stage, clinic, { start: slotStart(0), seen: { ...shown, cancellation: kind } });
    await changeService(clinic, { cancellation: harsh });
    const booked = await bookHeld(stage, clinic, held.body, { seen: { ...shown, cancellation: kind } });
    await stage.pay(booked.body.checkoutUrl, "approve");
    await stage.reaches(booked.body, { status: "confirmed", cancellation: kind });
    await stage.settled(booked.body.id);
    const [mail] = await mailsOf(clinic, "customer");
    const text = plain(mail?.text);
    expect(text).toMatch(
      /Si cancelas: Hasta el [^(]+\(hora de Colombia\) te devuelven \$ 100\.000 \(100 %\)\. Hasta el .+ te devuelven \$ 50\.000 \(50 %\)\. Después no se devuelve nada\./,
    );
    expect(JSON.stringify(await mailsOf(clinic, "professional"))).not.toContain("Si cancelas");
  });

  test("that changed since they were shown are refused with those that hold now", async () => {
    const clinic = await stage.openClinic();
    await changeService(clinic, { cancellation: harsh });
    for (const cancellation of [kind, null]) {
      const refused = await holdSeen(stage, clinic, { start: slotStart(0), seen: { ...shown, cancellation } });
      expect(refused.body).toMatchObject({ code: "price_changed", offer: { cancellation: harsh } });
    }
    const held = await holdSeen(stage, clinic, { start: slotStart(0), seen: { ...shown, cancellation: harsh } });
    expect(held.status).toBe(201);
    const refused = await bookHeld(stage, clinic, held.body, { seen: { ...shown, cancellation: kind } });
    expect(refused.body).toMatchObject({ code: "price_changed" });
    // A program that was shown no terms is asked about none.
    expect((await bookHeld(stage, clinic, held.body, { seen: shown })).status).toBe(201);
  });
});

test("what is paid at the place is booked at once without a payment, holds its slot, and everybody is told", async () => {
  const clinic = await stage.openClinic();
  await changeService(clinic, { chargeType: "on_site", cancellation: kind });
  const held = await stage.hold(clinic, { start: slotStart(0) });
  const booked = await bookHeld(stage, clinic, held.body, { provider: null });
  expect(booked.body).toMatchObject({ amountMinor: 0 });
  await stage.reaches(booked.body, { status: "confirmed", amountMinor: 0, priceMinor: 10_000_000 });
  await stage.settled(booked.body.id);
  expect((await stage.hold(clinic, { start: slotStart(0) })).body).toMatchObject({ code: "slot_taken" });
  const [toCustomer] = await mailsOf(clinic, "customer");
  expect(plain(toCustomer?.text)).toContain("Falta por pagar: $ 100.000");
  expect(plain(toCustomer?.text)).not.toMatch(/Gratis|Pagado|Si cancelas/);
  const [toMerchant] = await mailsOf(clinic, "merchant");
  expect(plain(toMerchant?.subject)).toBe("Reserva para pagar en el lugar: Consulta, $ 100.000");
  const { callbacks } = await readEffects(stage, clinic);
  expect(JSON.parse(callbacks[0]?.body ?? "{}")).toMatchObject({
    servicio: { pago: "on_site", precio: 100_000, monto_cobrado: 0 },
    pago: { monto: 0, proveedor: "none" },
  });
});

test("a service's own hold minutes count for its hold and its payment", async () => {
  const clinic = await stage.openClinic({ holdMinutes: 10 });
  await changeService(clinic, { holdMinutes: 45 });
  const minutesUntil = (instant: string) => Math.round((Date.parse(instant) - Date.now()) / 60_000);
  const held = await stage.hold(clinic, { start: slotStart(0) });
  expect(minutesUntil(held.body.expiresAt)).toBe(45);
  const booked = await bookHeld(stage, clinic, held.body);
  expect(minutesUntil(booked.body.expiresAt)).toBe(45);
  const other = await stage.hold(clinic, { start: slotStart(4), serviceId: clinic.depositServiceId });
  expect(minutesUntil(other.body.expiresAt)).toBe(10);
});

test("a customer reads the service in their language on the page, in the mail and in the calendar; the merchant in their own", async () => {
  const clinic = await stage.openClinic();
  await changeService(clinic, { translations: { en: { name: "General check-up", description: "Half an hour with a doctor." } } });
  const held = await stage.hold(clinic, { start: slotStart(0) });
  const booked = await bookHeld(stage, clinic, held.body, { locale: "en" });
  await stage.pay(booked.body.checkoutUrl, "approve");
  await stage.reaches(booked.body, { status: "confirmed" });
  await stage.settled(booked.body.id);
  const state = await stage.state(booked.body);
  expect(state.service).toMatchObject({ name: "General check-up", nameLanguage: "en" });
  const [mail] = await mailsOf(clinic, "customer");
  expect(mail?.subject).toContain("General check-up");
  const calendar = await fetch(`${stage.appUrl}/api/bookings/${booked.body.id}/calendar.ics?token=${booked.body.token}`);
  expect(await calendar.text()).toContain("SUMMARY:General check-up");
  for (const role of ["merchant", "professional"]) expect(JSON.stringify(await mailsOf(clinic, role))).not.toContain("General check-up");
  const { callbacks } = await readEffects(stage, clinic);
  expect(JSON.parse(callbacks[0]?.body ?? "{}").servicio.nombre).toBe("Consulta");
});

test("a customer of a language without a translation reads the merchant's words", async () => {
  const clinic = await stage.openClinic();
  const held = await stage.hold(clinic, { start: slotStart(0) });
  const booked = await bookHeld(stage, clinic, held.body, { locale: "fr" });
  expect((await stage.state(booked.body)).service).toMatchObject({ name: "Consulta", nameLanguage: "es" });
});
