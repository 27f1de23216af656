import { describe, expect, test } from "vitest";
import { personalData } from "#commands/customers/personal-data.ts";
import { personalExport } from "#contracts/customers/personal-export.ts";
import { settledAtOnce } from "../../engine/stories.ts";
import type { Clinic } from "../../support/clinic.ts";
import { slotStart } from "../../support/customer.ts";
import { eventually } from "../../support/end-state.ts";
import { testedProvider } from "../../support/payers/tested-provider.ts";
import { prepareStage } from "../../support/stage.ts";
import { appointmentIn } from "../desk/desk.ts";
import { ask, expectProblem, expectShape } from "../request.ts";
import { mark, places } from "./marks.ts";
import { buys, comes, found, type Person, type Reception, receptionOf } from "./people.ts";

const stage = prepareStage({ keepsPromises: true });

let slot = 0;
const next = () => {
  slot += 1;
  return slot;
};

/** A purchase that has been through everything: answers, notes, mails, callbacks, corrections, a refund, notices. */
async function buysWithEverything(clinic: Clinic, { owner, marked }: { owner: Reception; marked: Person }): Promise<string> {
  const [word = ""] = marked.name.split(" ");
  const questions = [
    { id: "0199c0de-0000-7000-8000-0000000000a1", kind: "text", label: "¿Motivo?", isPersonal: true },
    { id: "0199c0de-0000-7000-8000-0000000000a2", kind: "text", label: "¿Quién te recomendó?" },
  ];
  await stage.owner.query("update service set questions = $2 where id = $1", [clinic.serviceId, JSON.stringify(questions)]);
  await stage.owner.query("select pg_notify('konfirmado_catalog', $1)", [clinic.tenantId]);
  const start = slotStart(next());
  const held = (await stage.hold(clinic, { start })).body;
  const answers = { [questions[0]?.id ?? ""]: `secreto-${word}`, [questions[1]?.id ?? ""]: `${word}, mi prima` };
  const send = (name: string, key: string) =>
    ask(stage, "/api/bookings", {
      session: held.session,
      headers: { "idempotency-key": key },
      json: {
        ...{ link: clinic.link, holdId: held.id, customer: { ...marked, name }, acceptedTerms: true, provider: testedProvider.id, answers },
        campaign: { utm_source: word },
      },
    });
  expect((await send(`${word} Q`, `the first try of ${clinic.link}`)).status).toBe(201);
  const booked = (await send(marked.name, `the second try of ${clinic.link}`)).body as { id: string; token: string; checkoutUrl: string };
  await stage.pay(booked.checkoutUrl, "approve");
  await stage.reaches(booked, { status: "confirmed" });
  await settledAtOnce(stage, booked.id);
  const post = (path: string, json: object) => owner(`/../bookings/${booked.id}/${path}`, { json });
  await post("notes", { text: `Llamar a ${word}` });
  await stage.owner.query("update follow_up set last_error = 'refused: ' || $2 where subject_id = $1 and job = 'mail-customer-paid'", [
    booked.id,
    marked.email,
  ]);
  await stage.owner.query(
    "update callback_attempt set response_excerpt = 'hola ' || $2 where follow_up_id in (select id from follow_up where subject_id = $1)",
    [booked.id, word],
  );
  await stage.owner.query("update inbox_event set body = $2 where reference in (select reference from payment where checkout_id = $1)", [
    booked.id,
    JSON.stringify({ payer: word }),
  ]);
  return booked.id;
}

async function open() {
  const clinic = await stage.openClinic();
  return { clinic, owner: await receptionOf(stage, clinic) };
}

describe("erasing one person", () => {
  test("leaves nothing of them anywhere in the database, and the money as it was", async () => {
    const { clinic, owner } = await open();
    const { marked, marks } = mark(1);
    const bystander = await buys(stage, clinic, {
      n: next(),
      person: { name: "Zoë Çelik", email: "zoe@example.com", phone: "+33612345678" },
    });
    const bookingId = await buysWithEverything(clinic, { owner, marked });
    const { id } = await found(owner, marked.email);
    await owner(`/${id}/notes`, { json: { text: `${marked.name} prefiere la tarde.` } });
    await owner(`/${id}`, { method: "PATCH", json: { version: 1, email: `otra.${marked.email}` } });
    const money = () =>
      stage.owner.query(
        "select amount_minor, currency, status, payment_status, paid_charge_id, (select count(*)::int from charge where tenant_id = $1) as charges from checkout where id = $2",
        [clinic.tenantId, bookingId],
      );
    const before = (await money()).rows;
    expect((await places(stage, marks)).length).toBeGreaterThan(10);
    await appointmentIn(stage, bookingId, -3);
    expect((await owner(`/${id}/erase`, { json: { name: "Xiomara" } })).body).toMatchObject({ code: "customer_name_differs" });
    const erased = await owner(`/${id}/erase`, { json: { name: marked.name } });
    expect([erased.status, erased.body]).toEqual([200, { bookings: 1 }]);
    expect(await places(stage, marks)).toEqual([]);
    expect((await money()).rows).toEqual(before);
    expectProblem(await owner(`/${id}`), "customer_unknown");
    const booking = await owner(`/../bookings/${bookingId}`);
    expect(booking.body).toMatchObject({ customer: { name: "—", email: "", phone: "" }, customerId: null, notes: [], answers: [] });
    expect((await owner(`/../bookings/${bystander}`)).body).toMatchObject({ customer: { email: "zoe@example.com" } });
    const { rows } = await stage.owner.query("select details from event where tenant_id = $1 and kind = 'customer.erased'", [
      clinic.tenantId,
    ]);
    expect(rows).toMatchObject([{ details: { customerId: id, bookings: 1 } }]);
    // Nobody is written to any more, and a callback that is sent again has no name.
    const deliveries = (await owner(`/../bookings/${bookingId}/deliveries`)).text;
    expect(deliveries).not.toMatch(/xiomara/i);
    // Who comes again is a new customer.
    await buys(stage, clinic, { n: next(), person: marked });
    expect((await found(owner, marked.email)).bookingsCount).toBe(1);
  });

  test("waits for what is still to come: a paid appointment, money on its way back, a payment that may arrive", async () => {
    const { clinic, owner } = await open();
    const { marked, marks } = mark(2);
    const bookingId = await buys(stage, clinic, { n: next(), person: marked });
    const { id } = await found(owner, marked.email);
    const erase = () => owner(`/${id}/erase`, { json: { name: marked.name } });
    expectProblem(await erase(), "customer_has_bookings");
    const refunded = await owner(`/../bookings/${bookingId}/cancel`, { json: { refund: "full" } });
    expect(refunded.status, refunded.text).toBe(200);
    await eventually(async () => {
      const { rows } = await stage.owner.query("select state from refund_case where checkout_id = $1", [bookingId]);
      expect(rows).toEqual([{ state: "done" }]);
    });
    await settledAtOnce(stage, bookingId);
    // The provider's own word about the refund may still come, and would close the case again.
    await stage.stopWorker();
    await stage.owner.query("update refund_case set state = 'manual' where checkout_id = $1", [bookingId]);
    expectProblem(await erase(), "customer_has_refunds");
    await stage.owner.query("update refund_case set state = 'done' where checkout_id = $1", [bookingId]);
    await stage.startWorker();
    await stage.reachPaymentPage(clinic, { start: slotStart(next()), email: marked.email });
    expectProblem(await erase(), "customer_is_paying");
    await stage.owner.query("update payment set payable_until = now() - interval '1 minute' where tenant_id = $1", [clinic.tenantId]);
    await stage.owner.query("update checkout set status = 'expired' where tenant_id = $1 and status = 'pending'", [clinic.tenantId]);
    await stage.owner.query("update slot_claim set state = 'expired' where tenant_id = $1 and state = 'paying'", [clinic.tenantId]);
    await stage.owner.query("update payment set status = 'expired', asked_at = now() where tenant_id = $1 and status = 'created'", [
      clinic.tenantId,
    ]);
    expect((await erase()).status).toBe(200);
    expect(await places(stage, marks)).toEqual([]);
  });

  test("reaches what came by hand, what a deposit left, who sent money back and how they came", async () => {
    const { clinic, owner } = await open();
    const { marked, marks } = mark(4);
    const [word] = marks;
    const desk = (path: string, json?: object) => owner(`/../bookings/${path}`, json ? { json } : {});
    const byHand = async (payment: object): Promise<string> => {
      const { depositServiceId: serviceId, professionalId } = clinic;
      const wish = { serviceId, professionalId, start: slotStart(next()), customer: marked, note: `Para ${word}`, payment };
      const answer = await desk("by-hand", wish);
      expect(answer.status, answer.text).toBe(201);
      return (answer.body as { id: string }).id;
    };
    const link = { by: "link", endsAt: new Date(Date.now() + 4 * 3_600_000).toISOString(), mail: true };
    const unpaid = await byHand(link);
    const asked = await byHand({ by: "on_site", method: "transfer", reference: `de ${word}` });
    const paid = await byHand({ by: "on_site", method: "cash" });
    const rest = { of: "rest", expectedMinor: 7_500_000 };
    expect((await desk(`${asked}/rest`, { mail: true })).status).toBe(200);
    expect((await desk(`${paid}/on-site`, { ...rest, method: "transfer", reference: `Nequi ${word}` })).status).toBe(200);
    const refunded = await desk(`${paid}/refunds`, { of: "rest", amountMinor: 7_500_000, seenLeftMinor: 7_500_000 });
    const [refund] = (refunded.body as { refundCases: { id: string }[] }).refundCases;
    for (const id of [unpaid, asked, paid]) await settledAtOnce(stage, id);
    const proof = { method: "POST", body: "%PDF-1.7 a receipt", headers: { "content-type": "application/pdf" } };
    expect((await owner(`/../refund-cases/${refund?.id}/proofs?name=recibo%20de%20${word}.pdf`, proof)).status).toBe(200);
    const resolved = await owner(`/../refund-cases/${refund?.id}/proof`, { method: "PUT", json: { proof: `A la cuenta de ${word}` } });
    expect(resolved.status, resolved.text).toBe(200);
    await stage.owner.query(
      `insert into visit (tenant_id, id, link_id, device, source, campaign, checkout_id, opened_at)
       select tenant_id, gen_random_uuid(), link_id, 'phone', $2, $2, id, now() from booking where id = $1`,
      [paid, word],
    );
    expect((await desk(`${unpaid}/cancel`, { refund: "none" })).status).toBe(200);
    for (const id of [unpaid, asked, paid]) await settledAtOnce(stage, id);
    await appointmentIn(stage, asked, -3);
    await appointmentIn(stage, paid, -5);
    const { id } = await found(owner, marked.email);
    const data = (await owner(`/${id}/export`)).body as { bookings: { id: string; payments: object[] }[] };
    expect(data.bookings.find((one) => one.id === paid)?.payments).toHaveLength(2);

    const erased = await owner(`/${id}/erase`, { json: { name: marked.name } });
    expect([erased.status, erased.body]).toEqual([200, { bookings: 3 }]);
    expect(await places(stage, marks)).toEqual([]);
    const { rows: proofs } = await stage.owner.query("select name, content from refund_proof where refund_case_id = $1", [refund?.id]);
    expect(proofs).toMatchObject([{ name: "—.pdf", content: Buffer.from("%PDF-1.7 a receipt") }]);
    // Nobody is asked any more. Who comes to the desk all the same pays there, and is nobody's customer.
    expect((await desk(asked)).body).toMatchObject({ customer: { name: "—" }, rest: { state: "open", amountMinor: 7_500_000 } });
    expect((await desk(`${asked}/on-site`, { ...rest, method: "cash" })).body).toMatchObject({ rest: { state: "paid" }, customerId: null });
    const { rows } = await stage.owner.query("select from customer where tenant_id = $1", [clinic.tenantId]);
    expect(rows).toEqual([]);
  });

  test("takes nothing of somebody else with the same number, and does not wait for them", async () => {
    const { clinic, owner } = await open();
    const { marked } = mark(5);
    const other = { name: "Nora Díaz", email: "nora@example.com", phone: "+573001110000" };
    await buys(stage, clinic, { n: next(), person: other });
    const bookingId = await buys(stage, clinic, { n: next(), person: marked });
    const begun = await comes(stage, clinic, { n: next(), person: { ...other, phone: marked.phone } });
    await appointmentIn(stage, bookingId, -3);
    const { id } = await found(owner, marked.email);
    const data = (await owner(`/${id}/export`)).text;
    expect(data).not.toContain(other.email);
    expect((await owner(`/${id}/erase`, { json: { name: marked.name } })).body).toEqual({ bookings: 1 });
    expect((await owner(`/../bookings/${begun.id}`)).body).toMatchObject({ customer: { email: other.email, phone: marked.phone } });
  });

  test("every table of the list exists, and no table with a customer's columns is missing in it", async () => {
    const { rows } = await stage.owner.query<{ name: string }>(
      `select distinct table_name as name from information_schema.columns where table_schema = 'public'
       and data_type <> 'integer' and (column_name like 'customer%' or column_name in ('answer', 'sealed', 'checkout_url'))`,
    );
    const listed = new Set(personalData.map(({ table }) => table));
    expect(rows.map(({ name }) => name).filter((name) => !listed.has(name))).toEqual([]);
    for (const { table, columns } of personalData) {
      const query = `select ${columns} from ${table} limit 0`;
      await expect(stage.owner.query(query), table).resolves.toBeDefined();
    }
  });
});

test("a person gets all that is kept of them, opened answers too, and the audit log says who took it", async () => {
  const { clinic, owner } = await open();
  const { marked } = mark(3);
  await buysWithEverything(clinic, { owner, marked });
  const { id } = await found(owner, marked.email);
  await owner(`/${id}/notes`, { json: { text: "Nota interna." } });
  const data = expectShape(personalExport, (await owner(`/${id}/export`)).body);
  expect(data.customer).toMatchObject(marked);
  expect(data.notes.map(({ text }) => text)).toEqual(["Nota interna."]);
  expect(data.bookings).toHaveLength(1);
  expect(data.bookings[0]).toMatchObject({
    name: marked.name,
    answers: [{ answer: "secreto-xiomara3" }, { answer: "xiomara3, mi prima" }],
    notes: [{ text: "Llamar a xiomara3" }],
    payments: [{ status: "approved", amountMinor: 10_000_000 }],
    campaign: { utm_source: "xiomara3" },
  });
  expect(data.bookings[0]?.events.map(({ kind }) => kind)).toContain("booking.paid");
});
