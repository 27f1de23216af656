import { beforeAll, expect, test } from "vitest";
import { cancelCheckout } from "#commands/checkouts/cancel-checkout.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { customerOfTests, slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { refundOfCard, settledAtOnce } from "../stories.ts";
import { callbacksTo, headerOf, linesOf, mailsTo, type Role, type SeenMail } from "./seen.ts";

const stage = prepareStage({ keepsPromises: true });
let clinic: Clinic;
let booking: Awaited<ReturnType<typeof stage.reachPaymentPage>>;
/** The customer's own keys: to the page, and to the room. */
let keys: { page: string; room: string };
/** What the professional's room links showed while there was a room. */
let hostPages: string[];
beforeAll(async () => {
  clinic = await stage.openUnusualClinic();
  await tellWholeStory();
});

/** Paid, room made, paid a second time and sent back, cancelled and sent back. */
async function tellWholeStory(): Promise<void> {
  booking = await stage.reachPaymentPage(clinic, { start: slotStart(0), serviceId: clinic.onlineServiceId });
  await stage.owner.query("update checkout set locale = 'fr' where id = $1", [booking.id]);
  // Both pages are paid before the older one is closed, where that is possible.
  await stage.stopWorker();
  const { body: second } = await stage.retry(booking);
  await stage.pay(booking.checkoutUrl, "approve");
  await stage.pay(second.checkoutUrl, "approve");
  await stage.startWorker();
  await eventually(async () => expect((await stage.state(booking)).meetingUrl).not.toBe(null));
  await refundsEnd(1);
  const { meetingUrl } = await stage.state(booking);
  keys = { page: booking.token, room: new URL(meetingUrl ?? "").searchParams.get("t") ?? "" };
  expect([keys.page.length, keys.room.length].every((length) => length > 10)).toBe(true);
  const opened = roomLinksIn(await everythingTo("professional")).map(async (link) => (await fetch(link)).text());
  hostPages = await Promise.all(opened);
  await cancelCheckout({ caller: { kind: "operator" }, input: { tenantId: clinic.tenantId, checkoutId: booking.id } });
  await refundsEnd(2);
  await settledAtOnce(stage, booking.id);
}

/** As far as they go by themselves. */
async function refundsEnd(count: number): Promise<void> {
  await eventually(async () => {
    await settledAtOnce(stage, booking.id);
    const { rows } = await stage.owner.query("select state from refund_case where checkout_id = $1", [booking.id]);
    expect(rows).toEqual(Array.from({ length: count }, () => ({ state: refundOfCard.state })));
  });
}

const wholeOf = (mail: SeenMail): string =>
  [mail.subject, mail.html, mail.text, JSON.stringify(mail.headers), ...mail.attachments.map(({ text }) => linesOf(text).join("\n"))].join(
    "\n",
  );
const everythingTo = async (role: Role): Promise<string> => (await mailsTo(stage, clinic, role)).map(wholeOf).join("\n");
const roomLinksIn = (text: string): string[] => [
  ...new Set([...text.replaceAll("&amp;", "&").matchAll(/https?:\/\/[^\s"<>)\]\\]+\/daily\/room\/[^\s"<>)\]\\]+/g)].map(([link]) => link)),
];

test("no mail or file to the professional or the merchant, and no callback, holds a key of the customer", async () => {
  const others = [await everythingTo("professional"), await everythingTo("merchant"), ...(await callbacksTo(stage, clinic))];
  expect(others.length).toBeGreaterThan(5);
  for (const seen of others) {
    expect(seen).not.toContain(keys.page);
    expect(seen).not.toContain(keys.room);
    expect(seen).not.toContain("/confirm?");
  }
});

test("the customer's mails and files hold the customer's own keys, and no link of the host", async () => {
  const seen = await everythingTo("customer");
  expect(seen).toContain(keys.page);
  const links = roomLinksIn(seen);
  expect(links.map((link) => new URL(link).searchParams.get("t"))).toEqual([keys.room]);
});

test("every room link of the professional opens as host; merchant and callbacks get the room's address without a key", async () => {
  expect(hostPages.length).toBeGreaterThan(0);
  for (const page of hostPages) expect(page).toContain("(anfitrión)");
  for (const seen of [await everythingTo("merchant"), ...(await callbacksTo(stage, clinic))]) expect(seen).not.toMatch(/[?&]t(oken)?=/);
  const rooms = (await callbacksTo(stage, clinic)).map((body) => JSON.parse(body).cita.enlace_reunion);
  expect(rooms[0]).toMatch(/\/daily\/room\/bk-\w+$/);
});

test("the calendar files: each person's own name, link and language", async () => {
  const fileOf = async (role: Role) => (await mailsTo(stage, clinic, role)).flatMap(({ attachments }) => attachments)[0];
  const [theirs, host] = [await fileOf("customer"), await fileOf("professional")];
  expect([theirs?.filename, host?.filename]).toEqual(["rendez-vous.ics", "cita.ics"]);
  expect(linesOf(theirs?.text ?? "")).toContain("SUMMARY:Teleconsulta · Clínica de prueba");
  expect(linesOf(host?.text ?? "")).toContain(`SUMMARY:Teleconsulta · ${customerOfTests.name}`);
  expect(theirs?.text).not.toContain(customerOfTests.email);
  expect(linesOf(host?.text ?? "").find((line) => line.startsWith("URL"))).toContain("/daily/room/");
});

test("a cancelled appointment's file takes the place of the one that the same person has", async () => {
  for (const role of ["customer", "professional"] as const) {
    const files = (await mailsTo(stage, clinic, role)).flatMap(({ attachments }) => attachments.map(({ text }) => linesOf(text)));
    const last = files.at(-1) ?? [];
    expect(new Set(files.map((lines) => lines.find((line) => line.startsWith("UID:")))).size, role).toBe(1);
    expect(last).toContain("METHOD:CANCEL");
    expect(last.find((line) => line.startsWith("ATTENDEE"))).toContain(`${role}@${clinic.link}.example`);
  }
});

test("every mail comes from the merchant by name; an answer reaches the person that is meant", async () => {
  const answers = { customer: "merchant", professional: "customer", merchant: "customer" } as const;
  for (const [role, answer] of Object.entries(answers) as [Role, Role][]) {
    const mails = await mailsTo(stage, clinic, role);
    expect(mails.length).toBeGreaterThan(1);
    for (const mail of mails) {
      expect(mail.fromName, mail.subject).toBe("Clínica de prueba");
      expect(headerOf(mail, "reply-to"), mail.subject).toContain(`${answer}@${clinic.link}.example`);
    }
  }
});

test("the mail about a payment too many offers no other time: the appointment stands", async () => {
  const mails = await mailsTo(stage, clinic, "customer");
  const tooMany = mails.find(({ text }) => text.includes("payée deux fois"));
  expect(tooMany?.text).not.toContain(`/book/${clinic.link}`);
  expect(tooMany?.text).toContain(`/book/${booking.id}/confirm`);
  expect(mails.some(({ text }) => text.includes(`/book/${clinic.link}/availability?service=${clinic.onlineServiceId}`))).toBe(true);
});
