import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openClinic, post } from "../support/clinic.ts";
import { pay, reachPaymentPage, slotStart, state } from "../support/customer.ts";
import { endState, eventually, settled, timePasses } from "../support/end-state.ts";
import { startWorld, type World } from "../support/world.ts";
import { confirmed, hurryPolls, inbox, noPromiseIsBroken, resolve, settledAtOnce } from "./stories.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(noPromiseIsBroken);
afterAll(() => world.stop());

const reaches = (booking: { id: string; token: string }, wanted: object) =>
  eventually(async () => expect(await state(world, booking)).toMatchObject(wanted));

/** What the browser does when the provider's page sends it back. */
async function comeBack(redirectUrl: string | null): Promise<Response> {
  return fetch(redirectUrl ?? "the page did not send the customer back", { redirect: "manual" });
}

test("an event that is lost changes nothing but some seconds: the poll heals it", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await pay(world, booking.checkoutUrl, "close", { event: "never" });
  await reaches(booking, { status: "confirmed" });
  await settled(world, booking.id);
  expect(await inbox(world, clinic)).toEqual([]);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed());
});

test("the event comes before the browser returns: one booking", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  const { redirectUrl } = await pay(world, booking.checkoutUrl, "approve", { event: "before" });
  const answer = await comeBack(redirectUrl);
  expect(answer.status).toBe(303);
  expect(answer.headers.get("location")).toBe(`/book/${booking.id}/confirm?token=${booking.token}`);
  await reaches(booking, { status: "confirmed" });
  await settled(world, booking.id);
  expect(await inbox(world, clinic)).toEqual([{ state: "settled", reference: booking.reference }]);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed());
});

test("the event comes after the browser has returned: the return already booked, the event changes nothing", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  const { redirectUrl } = await pay(world, booking.checkoutUrl, "approve", { event: "after" });
  await comeBack(redirectUrl);
  await reaches(booking, { status: "confirmed" });
  await eventually(async () => expect(await inbox(world, clinic)).toEqual([{ state: "settled", reference: booking.reference }]));
  await settled(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed());
});

test("the return page alone heals a lost event, however often it is opened", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await world.owner.query("delete from graphile_worker._private_jobs where key like 'poll-%'");
  const { redirectUrl } = await pay(world, booking.checkoutUrl, "approve", { event: "never" });
  const answers = await Promise.all([1, 2, 3].map(() => comeBack(redirectUrl)));
  expect(answers.map((answer) => answer.status)).toEqual([303, 303, 303]);
  await reaches(booking, { status: "confirmed" });
  await settled(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed());
});

test("the return page heals a lost event even when the hold has ended meanwhile", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await timePasses(world, booking.id, 13);
  await reaches(booking, { status: "expired" });
  await world.owner.query("delete from graphile_worker._private_jobs where key like 'poll-%'");
  const { redirectUrl } = await pay(world, booking.checkoutUrl, "approve", { event: "never" });
  await comeBack(redirectUrl);
  await reaches(booking, { status: "confirmed" });
  await settled(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed({ claims: ["expired", "booked"] }));
});

test("a return with a wrong token or for an unknown booking asks nothing and tells nothing", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  for (const path of [`${booking.id}/${"x".repeat(32)}`, `${crypto.randomUUID()}/${booking.token}`, "nonsense/nonsense"]) {
    expect((await comeBack(`${world.appUrl}/pay/return/${path}?id=12-34-56&env=prod&status=APPROVED`)).status).toBe(303);
  }
  const { rows } = await world.owner.query("select key from graphile_worker._private_jobs where key like 'return-%'");
  expect(rows).toEqual([]);
  expect((await state(world, booking)).status).toBe("pending");
});

test("the same event five times at the same moment is one inbox row and one booking", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await pay(world, booking.checkoutUrl, "approve", { eventCopies: 5 });
  await reaches(booking, { status: "confirmed" });
  await settled(world, booking.id);
  expect(await inbox(world, clinic)).toEqual([{ state: "settled", reference: booking.reference }]);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed());
});

test("the approval before the decline that it followed: events in the wrong order change nothing", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  const first = await pay(world, booking.checkoutUrl, "decline_then_retry", { event: "never" });
  await pay(world, booking.checkoutUrl, "approve");
  await reaches(booking, { status: "confirmed" });
  await post(`${world.simulatorsUrl}/wompi/transactions/${first.transactionIds[0]}/send-event`, { copies: 2 });
  await eventually(async () => expect((await inbox(world, clinic)).map((row) => row.state)).toEqual(["settled", "settled"]));
  await settledAtOnce(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed());
});

test.each(["/api/webhooks/wompi", "/api/payments/wompi/webhook"])("the documents' address %s settles as well", async (path) => {
  const clinic = await openClinic(world);
  await post(`${world.simulatorsUrl}/wompi/panel/merchants`, { name: "Clínica", ...clinic.merchant, eventsUrl: world.appUrl + path });
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await world.owner.query("delete from graphile_worker._private_jobs where key like 'poll-%'");
  await pay(world, booking.checkoutUrl, "approve");
  await reaches(booking, { status: "confirmed" });
  await settled(world, booking.id);
  expect(await inbox(world, clinic)).toEqual([{ state: "settled", reference: booking.reference }]);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed());
});

test("a word that Wompi has never used means still pending; its later approval books", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  const { transactionIds } = await pay(world, booking.checkoutUrl, "approve", { unknownStatus: "UNDER_REVIEW" });
  await eventually(async () => expect((await endState(world, clinic, booking.id)).payments).toEqual(["pending"]));
  expect((await state(world, booking)).status).toBe("pending");
  await resolve(world, transactionIds[0], "APPROVED", { event: "never" });
  await hurryPolls(world, booking.id);
  await reaches(booking, { status: "confirmed" });
  await settled(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed());
});
