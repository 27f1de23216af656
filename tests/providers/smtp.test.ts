import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { bookingCalendarFile } from "#platform/calendar-file.ts";
import { resetEnv } from "#platform/env.ts";
import { closeMail, messageIdOf, sendMail } from "#providers/mail/smtp.ts";
import { type ProviderWorld, startProviderWorld } from "./world.ts";

let world: ProviderWorld;
beforeAll(async () => {
  world = await startProviderWorld();
});
afterAll(async () => {
  closeMail();
  await world.stop();
});
beforeEach(() => world.press("/reset"));

const mail = (changes: Partial<Parameters<typeof sendMail>[0]> = {}) => ({
  fromName: "Clínica Aurora",
  to: "ana@example.com",
  subject: "Tu cita está reservada",
  html: "<p>¡Hola!</p>",
  text: "¡Hola!",
  messageId: messageIdOf("event-1.mail-customer-paid"),
  ...changes,
});
const inbox = async () => (await world.read("/mail/state")).mails;

test("a mail arrives with its texts, its Message-ID and its attachment", async () => {
  const times = { start: "2026-11-23T13:00:00.000Z", end: "2026-11-23T13:45:00.000Z" };
  const people = { organizer: { name: "Clínica", email: "o@example.com" }, attendee: { name: "Ana", email: "ana@example.com" } };
  const content = bookingCalendarFile({
    uid: "b-1@konfirmado",
    sequence: 0,
    method: "REQUEST",
    ...times,
    summary: "Consulta",
    description: "",
    location: null,
    url: "https://example.com",
    ...people,
  });
  const attachments = [{ filename: "cita.ics", contentType: "text/calendar; charset=utf-8; method=REQUEST", content }];
  const { response } = await sendMail(mail({ replyTo: { name: "Clínica, S.A.", address: "clinic@example.com" }, attachments }));
  expect(response).toMatch(/^250/);
  const [received] = await inbox();
  expect(received).toMatchObject({
    to: ["ana@example.com"],
    fromName: "Clínica Aurora",
    from: "no-reply@konfirmado.test",
    subject: "Tu cita está reservada",
    messageId: "<event-1.mail-customer-paid@konfirmado.test>",
  });
  expect(received.html).toContain("¡Hola!");
  expect(received.text).toContain("¡Hola!");
  expect(received.attachments).toMatchObject([{ filename: "cita.ics", mimeType: "text/calendar" }]);
  expect(received.attachments[0].text).toContain("BEGIN:VEVENT");
});

test("a line break in a subject or name starts no header, and one address stays one", async () => {
  const name = 'Eve" <eve@example.com>, x\r\nBcc: victim@example.com';
  await sendMail(mail({ subject: "Hi\r\nBcc: victim@example.com\r\n\r\nbody", fromName: name, to: { name, address: "ana@example.com" } }));
  const [received] = await inbox();
  expect(received.to).toEqual(["ana@example.com"]);
  expect(received.from).toBe("no-reply@konfirmado.test");
  expect(received.headers.map((header: { key: string }) => header.key)).not.toContain("bcc");
  expect(received.subject).toBe("Hi Bcc: victim@example.com body");
  for (const to of ["ana@example.com, victim@example.com", "ana@example.com\r\nBcc: victim@example.com", "<ana@example.com>", ""]) {
    await expect(sendMail(mail({ to }))).rejects.toMatchObject({ kind: "refused", retriable: false });
  }
  await expect(sendMail(mail({ messageId: "<x@y>\r\nBcc: v@example.com" }))).rejects.toMatchObject({ kind: "refused" });
});

test("a mail server that cannot look up a login just now may be asked again; one that knows it is wrong may not", async () => {
  const url = process.env["SMTP_URL"] ?? "";
  process.env["SMTP_URL"] = url.replace("smtp://", "smtp://mailer:secret@");
  resetEnv();
  await world.press("/mail/panel/knobs", { failLogins: 1 });
  await expect(sendMail(mail())).rejects.toMatchObject({ kind: "unreachable", retriable: true, message: expect.stringContaining("454") });
  await sendMail(mail());
  expect(await inbox()).toHaveLength(1);
  closeMail();
  await world.press("/mail/panel/knobs", { failLogins: 1, loginReply: 535 });
  await expect(sendMail(mail())).rejects.toMatchObject({ kind: "misconfigured", retriable: false });
  closeMail();
  process.env["SMTP_URL"] = url;
  resetEnv();
});

test("a mail server in trouble may be asked again", async () => {
  await world.press("/mail/panel/knobs", { failNext: 1 });
  await expect(sendMail(mail())).rejects.toMatchObject({ kind: "unreachable", retriable: true });
  await world.press("/mail/panel/knobs", { acceptThenDrop: 1 });
  await expect(sendMail(mail())).rejects.toMatchObject({ kind: "unreachable", retriable: true });
  await sendMail(mail());
  const ids = (await inbox()).map((each: { messageId: string }) => each.messageId);
  expect(new Set(ids).size).toBe(1);
  closeMail();
  await world.press("/mail/panel/knobs", { down: "on" });
  await expect(sendMail(mail())).rejects.toMatchObject({ kind: "unreachable", retriable: true });
});
