import { beforeAll, expect } from "vitest";
import { cancelCheckout } from "#commands/checkouts/cancel-checkout.ts";
import { updateService } from "#commands/services/update-service.ts";
import { system as caller } from "#contracts/caller.ts";
import { serviceChanges } from "#contracts/catalog.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import { testedProvider } from "#tests/support/payers/tested-provider.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { withSmallAmounts } from "../capabilities/playable.ts";
import { refundOfCard, settledAtOnce } from "../stories.ts";
import { callbacksTo, headerOf, linesOf, mailsTo, type Role, type SeenMail } from "./seen.ts";

/**
 * A deposit for a video appointment, booked in French at a merchant in India who reads Spanish;
 * then cancelled. The tests only look.
 */
const stage = prepareStage({ keepsPromises: true });
const roles = ["customer", "professional", "merchant"] as const;
/** 10:30 to 11:20 in India, on the same date as in UTC. */
const start = slotStart(0);
const end = new Date(Date.parse(start) + 50 * 60_000).toISOString();
const dateIn = (language: string): string =>
  new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(
    new Date(start),
  );

let clinic: Clinic;
let booking: Awaited<ReturnType<typeof stage.reachPaymentPage>>;
let reference: string;
const paidMails: Partial<Record<Role, SeenMail[]>> = {};
const lastMails: Partial<Record<Role, SeenMail>> = {};
let paidBody: string;
let allBodies: Record<string, unknown>[];

beforeAll(async () => {
  clinic = await stage.openUnusualClinic();
  const { tenantId, depositServiceId: serviceId } = clinic;
  await updateService({ caller, input: { tenantId, serviceId, changes: serviceChanges.parse({ online: true }) } });
  booking = await stage.reachPaymentPage(clinic, { start, serviceId, locale: "fr" });
  ({ reference } = await stage.pay(booking.checkoutUrl, "approve"));
  await stage.reaches(booking, { status: "confirmed" });
  await settledAtOnce(stage, booking.id);
  for (const role of roles) paidMails[role] = await mailsTo(stage, clinic, role);
  paidBody = (await callbacksTo(stage, clinic)).join("\n");

  await cancelCheckout({ caller: { kind: "operator" }, input: { tenantId, checkoutId: booking.id } });
  await eventually(async () => {
    await settledAtOnce(stage, booking.id);
    expect((await stage.state(booking)).refund).toMatchObject({ reason: "cancelled", state: refundOfCard.state });
  });
  await settledAtOnce(stage, booking.id);
  for (const role of roles) lastMails[role] = (await mailsTo(stage, clinic, role)).findLast(({ attachments }) => attachments.length > 0);
  allBodies = (await callbacksTo(stage, clinic)).map((body) => JSON.parse(body));
});

const paidMail = (role: Role): SeenMail => {
  expect(paidMails[role]).toHaveLength(1);
  const [mail] = paidMails[role] ?? [];
  if (!mail) throw new Error(`no mail to the ${role}`);
  return mail;
};
/** Without the narrow and unbreakable spaces of dates and amounts. */
const plain = (text: string): string => text.replaceAll(/[\u00A0\u202F\u2009]/g, " ");
const saidIn = (mail: SeenMail): string[] =>
  plain(mail.text)
    .split("\n")
    .map((line) => line.trim());

withSmallAmounts.story("the customer reads in French the merchant's hour with its zone, what is paid and what is left to pay there", () => {
  const mail = paidMail("customer");
  expect(saidIn(mail)).toEqual(
    expect.arrayContaining([
      "Bonjour Ana María Pérez,",
      "Prestation : Tratamiento",
      "Avec : Laura",
      `Quand : ${dateIn("fr")}, 10:30 – 11:20 (heure de l’Inde)`,
      `Référence : ${reference}`,
      "Payé : 23 310 $CO",
      "Reste à payer : 54 390 $CO",
      "Vous avez payé un acompte. Les 54 390 $CO restants se règlent directement auprès de Clínica de prueba.",
    ]),
  );
  expect(plain(mail.subject)).toMatch(/^Votre rendez-vous est réservé : Tratamiento, .*, 10:30$/);
  expect(mail.html).toContain('lang="fr"');
  expect(`${mail.subject}${mail.text}`).not.toMatch(/cita|Pagado|77[ .]700/);
});

withSmallAmounts.story(
  "the professional and the merchant read the same hour in the merchant's Spanish; only the merchant reads the money",
  () => {
    const [toProfessional, toMerchant] = [paidMail("professional"), paidMail("merchant")];
    const both = [
      "Servicio: Tratamiento",
      `Cuándo: ${dateIn("es")}, 10:30 a 11:20 a. m. (hora de India)`,
      `Referencia: ${reference}`,
      "Cliente: Ana María Pérez",
      `Correo: customer@${clinic.link}.example`,
      "Teléfono: +573001234567",
    ];
    for (const mail of [toProfessional, toMerchant]) {
      expect(saidIn(mail)).toEqual(expect.arrayContaining(both));
      expect(mail.html).toContain('lang="es"');
      expect(mail.text).not.toContain("Quand");
    }
    expect(plain(toProfessional.subject)).toMatch(/^Nueva cita: Tratamiento, .*, 10:30 a\. m\.$/);
    expect(plain(toMerchant.subject)).toBe("Reserva pagada: Tratamiento, $ 23.310");
    expect(saidIn(toMerchant)).toEqual(expect.arrayContaining(["Pagado: $ 23.310", "Falta por pagar: $ 54.390"]));
    expect(toProfessional.text).not.toContain("23.310");
    expect(headerOf(toMerchant, "reply-to")).toContain(`customer@${clinic.link}.example`);
  },
);

withSmallAmounts.story("every field of the callback about the payment has its exact value", () => {
  const body = JSON.parse(paidBody);
  expect(body).toEqual({
    evento: "booking.paid",
    secuencia: 1,
    tenant_id: clinic.tenantId,
    booking_id: booking.id,
    servicio: {
      id: clinic.depositServiceId,
      nombre: "Tratamiento",
      duracion_min: 50,
      pago: "partial",
      precio: 77_700,
      precio_menor: 7_770_000,
      monto_cobrado: 23_310,
      monto_cobrado_menor: 2_331_000,
    },
    profesional: { id: clinic.professionalId, nombre: "Laura" },
    cita: { inicio: start, fin: end, timezone: "Asia/Kolkata", enlace_reunion: expect.stringMatching(/\/daily\/room\/bk-\w+$/) },
    origen: { enlace: clinic.link },
    usuario: {
      nombre: "Ana María Pérez",
      email: `customer@${clinic.link}.example`,
      telefono: "+573001234567",
      acepto_terminos: true,
    },
    pago: { proveedor: testedProvider.id, estado: "aprobado", referencia: reference, monto: 23_310, monto_menor: 2_331_000, moneda: "COP" },
    seguridad: { timestamp: expect.any(String), firma_hmac: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
  const secondsAgo = (Date.now() - Date.parse(body.seguridad.timestamp)) / 1000;
  expect(secondsAgo).toBeGreaterThanOrEqual(-1);
  expect(secondsAgo).toBeLessThan(120);
});

withSmallAmounts.story("the callbacks after it tell the deposit that goes back, not the price, each with its own state and number", () => {
  const told = allBodies.slice(1).toSorted((a, b) => Number(a["secuencia"]) - Number(b["secuencia"]));
  const money = { monto: 23_310, monto_menor: 2_331_000 };
  const paid = { proveedor: testedProvider.id, referencia: reference, ...money, moneda: "COP" };
  const refund = { motivo: "cancelled", ...money };
  const { servicio, profesional, origen, usuario, tenant_id, booking_id } = JSON.parse(paidBody);
  const same = {
    servicio,
    profesional,
    origen,
    usuario,
    tenant_id,
    booking_id,
    cita: { inicio: start, fin: end, timezone: "Asia/Kolkata" },
  };
  const sent = { ...same, pago: { ...paid, estado: "reembolsado" }, reembolso: { ...refund, estado: "done" } };
  expect(told).toMatchObject([
    { ...same, evento: "booking.cancelled", secuencia: 2, pago: { ...paid, estado: "cancelado" } },
    { ...same, evento: "refund_case.opened", secuencia: 3, pago: { ...paid, estado: "reembolso_pendiente" }, reembolso: refund },
    ...(refundOfCard.state === "done" ? [{ ...sent, evento: "refund_case.done", secuencia: 4 }] : []),
  ]);
});

withSmallAmounts.story("the calendar files have the appointment's instants; a cancelled one has the same UID and a higher sequence", () => {
  for (const [role, uid] of [
    ["customer", `UID:${booking.id}@konfirmado`],
    ["professional", `UID:${booking.id}-${clinic.professionalId}@konfirmado`],
  ] as const) {
    const [paid, cancelled] = [paidMail(role), lastMails[role]].map((mail) => linesOf(mail?.attachments[0]?.text ?? ""));
    const instants = [start, end].map((instant) => instant.replaceAll(/[-:]|\.000/g, ""));
    const times = [`DTSTART:${instants[0]}`, `DTEND:${instants[1]}`];
    // With a room the first file is number 1: it replaces one without a room.
    expect(paid, role).toEqual(expect.arrayContaining([uid, ...times, "SEQUENCE:1", "METHOD:PUBLISH", "STATUS:CONFIRMED"]));
    expect(cancelled, role).toEqual(expect.arrayContaining([uid, ...times, "SEQUENCE:2", "METHOD:CANCEL", "STATUS:CANCELLED"]));
  }
});

withSmallAmounts.story(
  "the customer's key to the room never has the host's rights; the professional's has, and both open this room alone",
  async () => {
    const { tokens } = (await (await fetch(`${stage.simulatorsUrl}/daily/state`)).json()) as {
      tokens: { token: string; properties: Record<string, unknown> }[];
    };
    const keysIn = (mail: SeenMail) => tokens.filter(({ token }) => mail.text.includes(token)).map(({ properties }) => properties);
    const seconds = (instant: string, minutes: number): number => Date.parse(instant) / 1000 + minutes * 60;
    const room = JSON.parse(paidBody).cita.enlace_reunion.split("/").at(-1);
    const both = { room_name: room, nbf: seconds(start, -15), exp: seconds(end, 60), eject_at_token_exp: true };
    expect(keysIn(paidMail("customer"))).toEqual([{ ...both, user_name: "Ana María Pérez", is_owner: false }]);
    expect(keysIn(paidMail("professional"))).toEqual([{ ...both, user_name: "Laura", is_owner: true }]);
    expect(keysIn(paidMail("merchant"))).toEqual([]);
    expect(tokens.filter(({ properties }) => properties["is_owner"] === true).map(({ properties }) => properties["user_name"])).toEqual([
      "Laura",
    ]);
  },
);

withSmallAmounts.story(
  "the mails about the cancellation tell the customer in French the deposit that goes back, and the others in Spanish",
  () => {
    const [toCustomer, toProfessional] = [lastMails.customer, lastMails.professional];
    expect(plain(toCustomer?.text ?? "")).toContain("23 310 $CO");
    expect(plain(toCustomer?.text ?? "")).toContain("10:30 – 11:20 (heure de l’Inde)");
    expect(toCustomer?.html).toContain('lang="fr"');
    expect(plain(toProfessional?.text ?? "")).toContain("10:30 a 11:20 a. m. (hora de India)");
    expect(toProfessional?.html).toContain('lang="es"');
  },
);
