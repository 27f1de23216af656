import { afterAll, expect, test } from "vitest";
import type { DeskBooking } from "#contracts/desk/booking.ts";
import { paymentProviders } from "#providers/payments/registry.ts";
import { look, newService, paidAtPretended } from "#tests/engine/money-back/pretended.ts";
import { eventually } from "#tests/support/end-state.ts";
import { type Merchant, openMerchant } from "#tests/support/merchant.ts";
import { disputeCharge } from "#tests/support/pretend-provider.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { readPdf } from "./read-pdf.ts";

/** Disputes as a merchant's program sees them, and their evidence as a file. */
const stage = prepareStage({ keepsPromises: true });
afterAll(() => {
  delete paymentProviders["pretend"];
});

const get = (path: string, { cookie }: Merchant) => fetch(`${stage.appUrl}${path}`, { headers: { cookie } });

async function disputed() {
  const { clinic, booking, charge } = await paidAtPretended(stage, newService({ accepts: "done", keepsKeys: true }));
  disputeCharge(charge, { providerDisputeId: "dp_77", feeMinor: 1_500_000, evidenceDueAt: new Date(Date.now() + 5 * 86_400_000) });
  await look(stage, booking);
  const owner = await openMerchant(stage, { tenantId: clinic.tenantId });
  const answer = await get("/api/disputes", owner);
  const { disputes } = (await answer.json()) as { disputes: { id: string; checkout: { id: string } }[] };
  return { clinic, booking, owner, disputes };
}

test("an open dispute is listed with its booking, its fee and its day", async () => {
  const { booking, disputes, owner } = await disputed();
  expect(disputes).toEqual([
    expect.objectContaining({
      providerDisputeId: "dp_77",
      kind: "dispute",
      state: "needs_response",
      feeMinor: 1_500_000,
      isRefundable: false,
    }),
  ]);
  expect(disputes[0]?.checkout.id).toBe(booking.id);
  expect(await (await get("/api/disputes?open=false", owner)).json()).toEqual({ disputes: [] });
  const shown = (await (await get(`/api/bookings/${booking.id}`, owner)).json()) as { disputes: unknown[] };
  expect(shown.disputes).toHaveLength(1);
});

test("the evidence is a PDF that says what was agreed, booked and sent, and holds no card's data", async () => {
  const { clinic, booking, owner, disputes } = await disputed();
  await stage.owner.query("update tenant set terms_text = $2 where tenant_id = $1", [
    clinic.tenantId,
    "Sin cambios el mismo día — “señal” de 20 €.",
  ]);
  await stage.owner.query("update checkout set customer_name = 'Zoë Łukasz 漢' where id = $1", [booking.id]);
  const answer = await get(`/api/disputes/${disputes[0]?.id}/evidence`, owner);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("application/pdf");
  expect(answer.headers.get("content-disposition")).toContain("dp_77.pdf");
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe("%PDF-");
  const words = readPdf(bytes).replaceAll(/\s+/g, " ");
  const { rows } = await stage.owner.query<{ service: string; reference: string; email: string }>(
    `select s.name as service, p.reference, k.customer_email as email from booking b join service s on s.id = b.service_id
     join payment p on p.checkout_id = b.id join checkout k on k.id = b.id where b.id = $1`,
    [booking.id],
  );
  for (const wanted of [
    rows[0]?.service,
    rows[0]?.reference,
    rows[0]?.email,
    "dp_77",
    "Condiciones aceptadas",
    "Confirmación de la reserva",
  ])
    expect(words).toContain(wanted);
  expect(words).toContain("Sin cambios el mismo día — “señal” de 20 €.");
  // What the font does not know is its nearest sign, or says that something is missing.
  expect(words).toContain("Zoë ?ukasz ?");
  expect(words).not.toMatch(/4242|CVC|cvv/i);
  const { rows: taken } = await stage.owner.query("select actor from event where subject_id = $1 and kind = 'dispute.evidence_made'", [
    booking.id,
  ]);
  expect(taken).toEqual([{ actor: expect.stringMatching(/^member:/) }]);
});

test("whoever may not send money back gets no evidence, and another merchant's does not exist", async () => {
  const { clinic, disputes } = await disputed();
  const staff = await openMerchant(stage, { role: "staff", tenantId: clinic.tenantId });
  const stranger = await openMerchant(stage);
  const path = `/api/disputes/${disputes[0]?.id}/evidence`;
  expect((await get(path, staff)).status).toBe(403);
  expect(await (await get(path, stranger)).json()).toMatchObject({ code: "dispute_unknown" });
});

test("a withdrawal is due when the law says, and its mail names the law's days; a begun service has none", async () => {
  const { clinic, booking, charge } = await paidAtPretended(stage, newService({ accepts: "done", keepsKeys: true }));
  const owner = await openMerchant(stage, { tenantId: clinic.tenantId });
  const withdraw = (amountMinor: number, seenLeftMinor: number) =>
    fetch(`${stage.appUrl}/api/bookings/${booking.id}/refunds`, {
      method: "POST",
      headers: { cookie: owner.cookie, origin: stage.appUrl, "content-type": "application/json" },
      body: JSON.stringify({ amountMinor, seenLeftMinor, reason: "withdrawal" }),
    });
  expect((await withdraw(1_000_000, charge.amountMinor)).status).toBe(200);
  const { rows } = await stage.owner.query(
    "select reason, round(extract(epoch from due_at - created_at) / 86400)::int as days from refund_case where checkout_id = $1",
    [booking.id],
  );
  expect(rows).toEqual([{ reason: "withdrawal", days: 15 }]);
  await eventually(async () => {
    const reply = await fetch(`${stage.simulatorsUrl}/mail/state?to=customer@${clinic.link}.example`);
    expect(JSON.stringify(await reply.json())).toContain("15 días calendario");
  });
  // Where it begins is moved and put back, because the promises are looked at afterwards.
  const move = (by: string) =>
    stage.owner.query(`update booking set starts_at = starts_at ${by}, ends_at = ends_at ${by} where id = $1`, [booking.id]);
  await move("- interval '60 days'");
  expect(await (await withdraw(1_000_000, charge.amountMinor - 1_000_000)).json()).toMatchObject({ code: "withdrawal_service_begun" });
  await move("+ interval '60 days'");
});

test("the law's last day is shown and held, by the day of the customer's word; what comes later is an agreed refund", async () => {
  const { clinic, booking, charge } = await paidAtPretended(stage, newService({ accepts: "done", keepsKeys: true }));
  const owner = await openMerchant(stage, { tenantId: clinic.tenantId });
  const headers = { cookie: owner.cookie, origin: stage.appUrl, "content-type": "application/json" };
  const ask = (leftMinor: number, wish: object) =>
    fetch(`${stage.appUrl}/api/bookings/${booking.id}/refunds`, {
      ...{ method: "POST", headers },
      body: JSON.stringify({ amountMinor: 1_000_000, seenLeftMinor: leftMinor, reason: "withdrawal", ...wish }),
    });
  const bought = (days: number) =>
    stage.owner.query(
      "update charge set approved_at = now() - make_interval(days => $2) where id = (select paid_charge_id from checkout where id = $1)",
      [booking.id, days],
    );
  await bought(20);
  const shown = (await (await get(`/api/bookings/${booking.id}`, owner)).json()) as DeskBooking;
  const { boughtOn, until, today } = shown.withdrawal;
  expect(until).not.toBeNull();
  expect([boughtOn < String(until), String(until) < today]).toEqual([true, true]);
  const left = charge.amountMinor;
  expect(await (await ask(left, {})).json()).toMatchObject({ code: "withdrawal_over" });
  const before = Temporal.PlainDate.from(boughtOn).subtract({ days: 1 }).toString();
  for (const withdrawnOn of [before, Temporal.PlainDate.from(today).add({ days: 1 }).toString()])
    expect(await (await ask(left, { withdrawnOn })).json()).toMatchObject({ code: "invalid_request" });
  // They said it in time, and the desk was late: the law counts from their word.
  expect((await ask(left, { withdrawnOn: boughtOn })).status).toBe(200);
  expect((await ask(left - 1_000_000, { reason: "requested" })).status).toBe(200);
  const { rows } = await stage.owner.query(
    "select reason, due_at < now() as is_late from refund_case where checkout_id = $1 order by created_at",
    [booking.id],
  );
  expect(rows).toEqual([
    { reason: "withdrawal", is_late: true },
    { reason: "requested", is_late: false },
  ]);
  await bought(0);
});

test("while a dispute stands, neither the page nor the operation offers a refund; of an inquiry both do", async () => {
  for (const kind of ["dispute", "inquiry"] as const) {
    const { clinic, booking, charge } = await paidAtPretended(stage, newService({ accepts: "done", keepsKeys: true }));
    const owner = await openMerchant(stage, { tenantId: clinic.tenantId });
    disputeCharge(charge, { providerDisputeId: "d-1", kind });
    await look(stage, booking);
    const isBlocked = kind === "dispute";
    const shown = (await (await get(`/api/bookings/${booking.id}`, owner)).json()) as DeskBooking;
    expect([shown.may.refund, shown.disputeBlocks]).toEqual([!isBlocked, isBlocked ? ["booking"] : []]);
    const reply = await fetch(`${stage.appUrl}/api/bookings/${booking.id}/refunds`, {
      method: "POST",
      headers: { cookie: owner.cookie, origin: stage.appUrl, "content-type": "application/json" },
      body: JSON.stringify({ amountMinor: 1_000_000, seenLeftMinor: shown.money.leftMinor }),
    });
    expect(await reply.json()).toMatchObject(isBlocked ? { code: "refund_blocked_by_dispute" } : { id: booking.id });
  }
});
