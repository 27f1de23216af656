import { afterEach, expect } from "vitest";
import { cancelCheckout } from "#commands/checkouts/cancel-checkout.ts";
import { updateProfessional } from "#commands/professionals/update-professional.ts";
import { updateService } from "#commands/services/update-service.ts";
import { updateTenant } from "#commands/tenants/update-tenant.ts";
import { system as caller } from "#contracts/caller.ts";
import { professionalChanges, serviceChanges, tenantChanges } from "#contracts/catalog.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { customerOfTests, slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import { post } from "#tests/support/post.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { withSmallAmounts } from "../capabilities/playable.ts";
import { hurryFollowUps, refundOfCard, settledAtOnce } from "../stories.ts";
import { callbacksTo, linesOf, mailsTo, type SeenMail } from "./seen.ts";

const stage = prepareStage({ keepsPromises: true });
const mailServer = (knobs: object) => post(`${stage.simulatorsUrl}/mail/panel/knobs`, knobs);
afterEach(() => mailServer({ reset: "on" }));

async function payDeposit(clinic: Clinic) {
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0), serviceId: clinic.depositServiceId, locale: "fr" });
  await stage.pay(booking.checkoutUrl, "approve");
  return booking;
}

const renameTenant = ({ tenantId }: Clinic) =>
  updateTenant({ caller, input: { tenantId, changes: tenantChanges.parse({ name: "Otra clínica", timezone: "America/Lima" }) } });
const changeService = ({ tenantId, depositServiceId: serviceId }: Clinic, changes: object) =>
  updateService({ caller, input: { tenantId, serviceId, changes: serviceChanges.parse(changes) } });
const renameProfessional = ({ tenantId, professionalId }: Clinic) =>
  updateProfessional({ caller, input: { tenantId, professionalId, changes: professionalChanges.parse({ name: "Marta" }) } });
const dearer = { priceMinor: 9_990_000, depositPercent: 55, durationMinutes: 90, chargeType: "total" };

withSmallAmounts.story(
  "everything was renamed and dearer before the second try: the callback comes with the bytes of the first",
  async () => {
    const clinic = await stage.openUnusualClinic();
    await post(`${stage.simulatorsUrl}/merchant/${clinic.callback.id}/panel/knobs`, { status: 500, failures: 1 });
    const booking = await payDeposit(clinic);
    await eventually(async () => expect(await callbacksTo(stage, clinic)).toHaveLength(1));
    await renameTenant(clinic);
    await changeService(clinic, { name: "Otro servicio", ...dearer });
    await renameProfessional(clinic);
    await settledAtOnce(stage, booking.id);
    await stage.reaches(booking, { status: "confirmed" });
    const [first, second, ...more] = await callbacksTo(stage, clinic);
    expect(more).toEqual([]);
    expect(second).toBe(first);
    expect(JSON.parse(first ?? "")).toMatchObject({
      servicio: { nombre: "Tratamiento", duracion_min: 50, precio_menor: 7_770_000, monto_cobrado_menor: 2_331_000, pago: "partial" },
      cita: { timezone: "Asia/Kolkata" },
      profesional: { nombre: "Laura" },
    });
  },
);

withSmallAmounts.story(
  "a mail whose answer was lost, and the price, deposit and length changed: the second has the first's words, file and Message-ID",
  async () => {
    const clinic = await stage.openUnusualClinic();
    // Whichever of the three mails comes first is cut off, so all of them are.
    await mailServer({ acceptThenDrop: 3 });
    const booking = await payDeposit(clinic);
    const seen = async () =>
      (await Promise.all((["customer", "professional", "merchant"] as const).map((role) => mailsTo(stage, clinic, role)))).flat();
    await eventually(async () => expect(await seen()).toHaveLength(3));
    await changeService(clinic, dearer);
    await eventually(async () => {
      await hurryFollowUps(stage, booking.id);
      expect(await seen()).toHaveLength(6);
    });
    await settledAtOnce(stage, booking.id);
    const pairs = Map.groupBy(await seen(), ({ messageId }) => messageId);
    expect(pairs.size).toBe(3);
    for (const [first, second] of pairs.values()) expect(contentOf(second)).toEqual(contentOf(first));
  },
);

/** All but when the file was written. */
function contentOf(mail: SeenMail | undefined) {
  const files = mail?.attachments.map(({ filename, text }) => [filename, linesOf(text).filter((line) => !line.startsWith("DTSTAMP"))]);
  return [mail?.to, mail?.subject, mail?.html, mail?.text, files];
}

withSmallAmounts.story("cancelled before the mails about the payment went out: nobody reads any more that it is booked", async () => {
  const clinic = await stage.openUnusualClinic();
  await mailServer({ failNext: 1000 });
  const booking = await payDeposit(clinic);
  await stage.reaches(booking, { status: "confirmed" });
  // A mail that is under way at this moment may still arrive: all three wait for their next try.
  await eventually(async () => {
    const failed = "select from follow_up where subject_id = $1 and job like 'mail-%' and attempts > 0 and state = 'pending'";
    expect((await stage.owner.query(failed, [booking.id])).rowCount).toBe(3);
  });
  await cancelCheckout({ caller: { kind: "operator" }, input: { tenantId: clinic.tenantId, checkoutId: booking.id } });
  await mailServer({ reset: "on" });
  await eventually(async () => {
    await settledAtOnce(stage, booking.id);
    expect((await stage.state(booking)).refund?.state).toBe(refundOfCard.state);
  });
  await settledAtOnce(stage, booking.id);
  const { followUps } = await stage.endState(clinic, booking.id);
  for (const role of ["customer", "professional", "merchant"]) expect(followUps[`booking.paid mail-${role}-paid`]).toBe("skipped");
  const subjects = async (role: "customer" | "professional" | "merchant") =>
    (await mailsTo(stage, clinic, role)).map(({ subject }) => subject);
  expect((await subjects("customer")).join("\n")).not.toContain("est réservé");
  // Of the cancelling, and of each step of the money.
  expect(await subjects("customer")).toHaveLength(1 + refundOfCard.mails.filter((who) => who === "customer").length);
  expect(await subjects("professional")).toEqual([expect.stringContaining("cancel")]);
  expect((await subjects("merchant")).join("\n")).not.toContain("Reserva pagada");
});

withSmallAmounts.story(
  "a customer who came back and corrected the address is written to there, and the merchant is told that one",
  async () => {
    const clinic = await stage.openUnusualClinic();
    const { body: held } = await stage.hold(clinic, { start: slotStart(0), serviceId: clinic.depositServiceId });
    const hold = { holdId: held.id, session: held.session };
    const wrong = { ...customerOfTests, email: `typo@${clinic.link}.example` };
    const corrected = { name: "Ana Pérez", email: `customer@${clinic.link}.example`, phone: "300 765 4321" };
    const { body: first } = await stage.book(clinic, { ...hold, customer: wrong });
    const { body: booking } = await stage.book(clinic, { ...hold, customer: corrected });
    expect(booking.id).toBe(first.id);
    const { rows } = await stage.owner.query("select customer_name, customer_email, customer_phone from checkout where id = $1", [
      booking.id,
    ]);
    expect(rows).toEqual([{ customer_name: corrected.name, customer_email: corrected.email, customer_phone: "+573007654321" }]);
    await stage.pay(booking.checkoutUrl, "approve");
    await stage.reaches(booking, { status: "confirmed" });
    await settledAtOnce(stage, booking.id);
    const [mail, ...others] = await mailsTo(stage, clinic, "customer");
    expect(others).toEqual([]);
    expect(mail?.text).toContain("Ana Pérez");
    const everything = await (await fetch(`${stage.simulatorsUrl}/mail/state`)).text();
    expect(everything).not.toContain(wrong.email);
    const usuario = { nombre: corrected.name, email: corrected.email, telefono: "+573007654321" };
    expect((await callbacksTo(stage, clinic)).map((body) => JSON.parse(body))).toMatchObject([{ usuario }]);
  },
);
