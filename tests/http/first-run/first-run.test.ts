import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { createTenant } from "#commands/tenants/create-tenant.ts";
import { updateTenant } from "#commands/tenants/update-tenant.ts";
import { system as caller } from "#contracts/caller.ts";
import { newTenant } from "#contracts/catalog.ts";
import { type FirstRun, firstRun } from "#contracts/first-run/first-run.ts";
import { firstWeek } from "#domain/first-run/trades.ts";
import { resetEnv } from "#platform/env.ts";
import { slotStart } from "../../support/customer.ts";
import { eventually } from "../../support/end-state.ts";
import { type Merchant, openMerchant } from "../../support/merchant.ts";
import { prepareStage } from "../../support/stage.ts";
import { type Asked, ask, expectProblem, expectShape } from "../request.ts";

const stage = prepareStage();
beforeAll(() => {
  process.env["SIMULATORS_URL"] = stage.simulatorsUrl;
  resetEnv();
  return () => {
    delete process.env["SIMULATORS_URL"];
    resetEnv();
  };
});

async function newMerchant(): Promise<Merchant> {
  const tenantId = randomUUID();
  const notifyEmail = `merchant-${tenantId.slice(0, 8)}@merchant.example`;
  await createTenant({
    caller,
    input: newTenant.parse({ id: tenantId, slug: `m${tenantId.slice(0, 8)}`, name: "Consultorio nuevo", notifyEmail }),
  });
  return openMerchant(stage, { tenantId });
}
const by =
  (merchant: Merchant) =>
  (path: string, asked: Asked = {}) =>
    ask(stage, path, { ...asked, headers: { cookie: merchant.cookie, ...asked.headers } });
type Ask = ReturnType<typeof by>;
async function made(answer: ReturnType<Ask>): Promise<{ id: string; publicId: string }> {
  const { status, text, body } = await answer;
  expect(status, text).toBe(201);
  return body as { id: string; publicId: string };
}
const stateOf = async (api: Ask): Promise<FirstRun> => expectShape(firstRun, (await api("/api/first-run")).body);
const doneOf = async (api: Ask) => (await stateOf(api)).steps.filter(({ isDone }) => isDone).map(({ step }) => step);

test("a new merchant gets from nothing to a paid test booking and its three mails; each step is done when its fact is there", async () => {
  const merchant = await newMerchant();
  const api = by(merchant);
  expect(await stateOf(api)).toMatchObject({ isDone: false, mode: "none", canSimulate: true, link: null, testBookingId: null });
  expect(await doneOf(api)).toEqual([]);
  const service = await made(
    api("/api/services", {
      json: { name: "Consulta", description: "Consulta de treinta minutos.", durationMinutes: 30, priceMinor: 9_000_000, leadMinutes: 0 },
    }),
  );
  expect(await doneOf(api)).toEqual(["service"]);
  const { email } = merchant.person;
  const aroundTheClock = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, startsAt: "00:00", endsAt: "24:00" }));
  const professional = await made(
    api("/api/professionals", { json: { name: "Ana Pérez", email, serviceIds: [service.id], hours: aroundTheClock } }),
  );
  expect(await doneOf(api)).toEqual(["service", "professional"]);
  const link = await made(api("/api/booking-links", { json: { name: "Mi página" } }));
  expect(await doneOf(api)).toEqual(["service", "professional", "link"]);

  const opened = expectShape(firstRun, (await api("/api/first-run/test-payments", { method: "POST" })).body);
  expect(opened).toMatchObject({ mode: "test", link: { id: link.id } });
  // A simulator that was started anew knows nobody: pressed again, nothing is doubled.
  expect((await api("/api/first-run/test-payments", { method: "POST" })).status).toBe(200);
  const { rows } = await stage.owner.query("select mode from connection where tenant_id = $1", [merchant.tenantId]);
  expect(rows).toEqual([{ mode: "test" }]);

  const clinic = { ...(await stage.openClinic()), link: link.publicId, serviceId: service.id, professionalId: professional.id };
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0), email });
  await stage.pay(booking.checkoutUrl, "approve");
  await stage.reaches(booking, { status: "confirmed" });
  const state = await stateOf(api);
  expect(state).toMatchObject({ isDone: false, testBookingId: booking.id });
  expect(await doneOf(api)).toEqual(["service", "professional", "link", "test_booking"]);
  for (const mail of ["customer", "professional", "merchant"]) {
    const answer = await api(`/api/first-run/mails/${booking.id}/${mail}`);
    expect(answer.text, mail).toContain("Consulta");
    expect(answer.headers.get("content-security-policy")).toContain("frame-ancestors 'self'");
    expect(answer.headers.get("content-security-policy")).not.toContain("script");
  }
  await updateTenant({ caller, input: { tenantId: merchant.tenantId, changes: { notifyEmail: null } } });
  expectProblem(await api(`/api/first-run/mails/${booking.id}/merchant`), "checkout_unknown");

  await stage.owner.query("update connection set mode = 'production' where tenant_id = $1", [merchant.tenantId]);
  expect(await stateOf(api)).toMatchObject({ isDone: true, mode: "production", testBookingId: null });
  expectProblem(await api(`/api/first-run/mails/${booking.id}/customer`), "checkout_unknown");
  expectProblem(await api("/api/first-run/test-payments", { method: "POST" }), "test_payments_off");
});

test("a step is open again when its fact is gone, and half a professional is none", async () => {
  const merchant = await newMerchant();
  const api = by(merchant);
  const request = { name: "Consulta", description: "Consulta de treinta minutos.", durationMinutes: 30, priceMinor: 0 };
  const service = await made(api("/api/services", { json: request }));
  await made(api("/api/professionals", { json: { name: "Sin horas", serviceIds: [service.id] } }));
  await made(api("/api/professionals", { json: { name: "Sin servicio", hours: firstWeek } }));
  expect(await doneOf(api)).toEqual(["service"]);
  await made(api("/api/professionals", { json: { name: "Completa", serviceIds: [service.id], hours: firstWeek } }));
  expect(await doneOf(api)).toEqual(["service", "professional"]);
  const link = await made(api("/api/booking-links", { json: { name: "Mi página" } }));
  await api(`/api/booking-links/${link.id}`, { method: "DELETE" });
  await api(`/api/services/${service.id}`, { method: "DELETE" });
  expect(await doneOf(api)).toEqual([]);
});

test("where nothing is simulated, as in production, nobody is asked to pay a test booking", async () => {
  const merchant = await newMerchant();
  const api = by(merchant);
  delete process.env["SIMULATORS_URL"];
  resetEnv();
  const { steps, canSimulate } = await stateOf(api);
  const refused = await api("/api/first-run/test-payments", { method: "POST" });
  process.env["SIMULATORS_URL"] = stage.simulatorsUrl;
  resetEnv();
  expect([canSimulate, steps.map(({ step }) => step)]).toEqual([false, ["service", "professional", "link", "real_payments"]]);
  expectProblem(refused, "test_payments_off");
});

test("a customer's mails, and another merchant's, are shown to nobody", async () => {
  const clinic = await stage.openClinic();
  const [own, stranger] = [await openMerchant(stage, { tenantId: clinic.tenantId }), await newMerchant()];
  const [first, second] = [
    await stage.reachPaymentPage(clinic, { start: slotStart(0) }),
    await stage.reachPaymentPage(clinic, { start: slotStart(4) }),
  ];
  await stage.pay(first.checkoutUrl, "approve");
  await eventually(async () => expect((await by(own)(`/api/first-run/mails/${first.id}/customer`)).status).toBe(200));
  expectProblem(await by(stranger)(`/api/first-run/mails/${first.id}/customer`), "checkout_unknown");
  expectProblem(await by(own)(`/api/first-run/mails/${second.id}/customer`), "checkout_unknown");
  const staff = await openMerchant(stage, { tenantId: clinic.tenantId, role: "staff" });
  expectProblem(await by(staff)(`/api/first-run/mails/${first.id}/customer`), "forbidden");
});
