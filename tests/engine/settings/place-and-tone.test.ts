import { beforeAll, describe, expect, test } from "vitest";
import { cancelCheckout } from "#commands/checkouts/cancel-checkout.ts";
import { archiveLocation } from "#commands/locations/archive-location.ts";
import { createLocation } from "#commands/locations/create-location.ts";
import { updateTenant } from "#commands/tenants/update-tenant.ts";
import { system as caller } from "#contracts/caller.ts";
import { tenantChanges } from "#contracts/catalog.ts";
import { newLocation } from "#contracts/settings/tenant.ts";
import { eventually } from "#tests/support/end-state.ts";
import type { Clinic } from "../../support/clinic.ts";
import { slotStart } from "../../support/customer.ts";
import { prepareStage } from "../../support/stage.ts";
import { linesOf, mailsTo, type SeenMail } from "../mails/seen.ts";
import { settledAtOnce } from "../stories.ts";

const stage = prepareStage({ keepsPromises: true });
let clinic: Clinic;
let ownLocation: string;

beforeAll(async () => {
  clinic = await stage.openClinic({ depositPercent: 60 });
  const { tenantId, onlineServiceId, depositServiceId } = clinic;
  const add = (input: object) => createLocation({ caller, input: { ...newLocation.parse(input), tenantId } });
  await add({
    name: "Sede Centro",
    address: "Calle 1 # 2-3; local 4",
    directions: "Piso 2, timbre <201>",
    mapUrl: "https://maps.example/centro",
    phone: "601 234 5678 ext. 9",
    whatsapp: "300 123 4567",
    email: "centro@aurora.example",
  });
  ownLocation = (await add({ name: "Sede Norte", address: "Carrera 9", serviceIds: [depositServiceId] })).id;
  await add({ name: "En línea", address: "Nunca se ve", phone: "601 234 5670", serviceIds: [onlineServiceId] });
});

async function book(of: Clinic, serviceId: string, hour: number, locale?: "es" | "fr") {
  const booking = await stage.reachPaymentPage(of, { start: slotStart(hour), serviceId, ...(locale && { locale }) });
  await stage.pay(booking.checkoutUrl, "approve");
  await stage.reaches(booking, { status: "confirmed" });
  await settledAtOnce(stage, booking.id);
  return booking;
}
/** The newest. */
async function mailOf(of: Clinic, role: "customer" | "professional", about?: RegExp): Promise<SeenMail> {
  let found: SeenMail | undefined;
  await eventually(async () => {
    found = (await mailsTo(stage, of, role)).filter(({ subject }) => !about || about.test(subject)).at(-1);
    expect(found).toBeDefined();
  });
  if (!found) throw new Error("no mail");
  return found;
}
const location = (mail: SeenMail) => linesOf(mail.attachments[0]?.text ?? "").filter((line) => line.startsWith("LOCATION"));

describe("where to go", () => {
  test("is in the mail, in the calendar file and on the booking's page: the default location", async () => {
    const booking = await book(clinic, clinic.serviceId, 0);
    const mail = await mailOf(clinic, "customer");
    for (const words of [
      "Sede Centro, Calle 1 # 2-3; local 4",
      "Piso 2, timbre <201>",
      "+576012345678 ext. 9",
      "WhatsApp +573001234567",
      "centro@aurora.example",
    ])
      expect(mail.text).toContain(words);
    expect(mail.html).toContain('href="https://maps.example/centro"');
    expect(mail.html).not.toContain("<201>");
    expect(location(mail)).toEqual(["LOCATION:Sede Centro\\, Calle 1 # 2-3\\; local 4"]);
    const professional = await mailOf(clinic, "professional");
    expect(location(professional)).toEqual(location(mail));
    expect(await stage.state(booking)).toMatchObject({ place: { name: "Sede Centro", phone: "+576012345678;ext=9" } });
  });

  test("is the service's own location, and the default again once that is archived", async () => {
    const booking = await book(clinic, clinic.depositServiceId, 3);
    expect(await stage.state(booking)).toMatchObject({ place: { name: "Sede Norte" } });
    expect(location(await mailOf(clinic, "customer", /Tratamiento/))).toEqual(["LOCATION:Sede Norte\\, Carrera 9"]);
    await archiveLocation({ caller, input: { tenantId: clinic.tenantId, locationId: ownLocation } });
    expect(await stage.state(booking)).toMatchObject({ place: { name: "Sede Centro" } });
  });

  test("of an online appointment is its room; only the contact is told", async () => {
    await book(clinic, clinic.onlineServiceId, 6);
    const mail = await mailOf(clinic, "customer", /Teleconsulta/);
    expect(mail.text).not.toContain("Nunca se ve");
    expect(mail.text).toContain("+576012345670");
    expect(location(mail)).toEqual([expect.stringMatching(/^LOCATION:https?:/)]);
  });

  test("is nowhere if the merchant has said nothing", async () => {
    const own = await stage.openClinic();
    const booking = await book(own, own.serviceId, 0);
    const mail = await mailOf(own, "customer");
    expect(location(mail)).toEqual([]);
    expect(mail.text).not.toMatch(/Dónde|Cómo llegar|Contacto/);
    expect(await stage.state(booking)).toMatchObject({ place: null });
  });
});

describe("the tone of the mails", () => {
  const says = async (tone: "usual" | "formal" | "informal", locale: "es" | "fr", hour: number) => {
    const own = await stage.openClinic();
    await updateTenant({ caller, input: { tenantId: own.tenantId, changes: tenantChanges.parse({ tone }) } });
    const booking = await book(own, own.serviceId, hour, locale);
    await cancelCheckout({ caller, input: { tenantId: own.tenantId, checkoutId: booking.id } });
    await settledAtOnce(stage, booking.id);
    return (await mailsTo(stage, own, "customer")).map(({ subject, text }) => `${subject}\n${text}`).join("\n");
  };

  test.each([
    ["usual", "es", /Tu cita/, /Su cita/],
    ["formal", "es", /Su cita/, /\b(tu|tus|te|puedes|tienes)\b/i],
    ["informal", "fr", /Ton rendez-vous/, /(?<!rendez-)\b(vous|votre|vos)\b/i],
  ] as const)("%s in %s", async (tone, locale, wanted, foreign) => {
    const text = await says(tone, locale, 2);
    expect(text).toMatch(wanted);
    expect(text).not.toMatch(foreign);
  });

  test("is for customers: a merchant's own people are addressed as ever", async () => {
    const own = await stage.openClinic();
    await updateTenant({ caller, input: { tenantId: own.tenantId, changes: tenantChanges.parse({ tone: "formal" }) } });
    await book(own, own.serviceId, 4);
    expect((await mailOf(own, "professional")).text).toContain("Tienes una cita nueva");
  });
});
