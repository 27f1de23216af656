import { beforeAll, expect, test } from "vitest";
import { cancelCheckout } from "#commands/checkouts/cancel-checkout.ts";
import { updateService } from "#commands/services/update-service.ts";
import { system as caller } from "#contracts/caller.ts";
import { serviceChanges } from "#contracts/catalog.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { settledAtOnce } from "../stories.ts";
import { callbacksTo, linesOf, mailsTo, type Role, type SeenMail } from "./seen.ts";

/** A deposit for a video appointment, booked in French at a merchant in India who reads Spanish. */
const stage = prepareStage({ keepsPromises: true });
const start = slotStart(0);
let clinic: Clinic;
let booking: Awaited<ReturnType<typeof stage.reachPaymentPage>>;
let reference: string;

beforeAll(async () => {
  clinic = await stage.openUnusualClinic();
  const { tenantId, depositServiceId: serviceId } = clinic;
  await updateService({ caller, input: { tenantId, serviceId, changes: serviceChanges.parse({ online: true }) } });
  booking = await stage.reachPaymentPage(clinic, { start, serviceId, locale: "fr" });
  ({ reference } = await stage.pay(booking.checkoutUrl, "approve"));
  await stage.reaches(booking, { status: "confirmed" });
  await settledAtOnce(stage, booking.id);
});

const only = async (role: Role): Promise<SeenMail> => {
  const [mail, ...others] = await mailsTo(stage, clinic, role);
  expect(others).toEqual([]);
  if (!mail) throw new Error(`no mail to the ${role}`);
  return mail;
};

test("dump", async () => {
  for (const role of ["customer", "professional", "merchant"] as const) {
    const m = await only(role);
    console.log(m.subject, "\n", m.text, m.attachments.map((a) => a.filename + "\n" + linesOf(a.text).join("\n")).join());
  }
  console.log((await callbacksTo(stage, clinic)).join("\n"), reference);
  const daily = await (await fetch(`${stage.simulatorsUrl}/daily/state`)).json();
  console.log(JSON.stringify(daily));
});
