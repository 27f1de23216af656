import { createTransport } from "nodemailer";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startWorld } from "./start.ts";

let world: Awaited<ReturnType<typeof startWorld>>;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(() => world.press("/reset"));

const ics = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n";

function send(to: string, auth?: { user: string; pass: string }) {
  const transport = createTransport({
    host: "127.0.0.1",
    port: world.smtpPort,
    secure: false,
    connectionTimeout: 2000,
    ...(auth ? { auth } : {}),
  });
  return transport.sendMail({
    from: '"Clínica" <hola@clinica.test>',
    to,
    subject: "Tu cita está confirmada ✓",
    messageId: "<booking-1@konfirmado.test>",
    text: "Hola",
    html: "<p>Hola <script>alert(1)</script></p>",
    attachments: [{ filename: "cita.ics", content: ics, contentType: "text/calendar; method=REQUEST" }],
  });
}

const inbox = async (to: string) => (await world.read(`/mail/state?to=${to}`)).body;

test("a message is kept with its parts, by recipient", async () => {
  await send("ana@example.test");
  await send("Luis@Example.test", { user: "any", pass: "thing" });
  const { mails, total } = await inbox("ana@example.test");
  expect(total).toBe(1);
  expect(mails[0]).toMatchObject({
    from: "hola@clinica.test",
    subject: "Tu cita está confirmada ✓",
    messageId: "<booking-1@konfirmado.test>",
    to: ["ana@example.test"],
  });
  expect(mails[0].html).toContain("<p>Hola");
  expect(mails[0].attachments[0]).toMatchObject({
    filename: "cita.ics",
    mimeType: "text/calendar",
    text: expect.stringContaining("BEGIN:VCALENDAR"),
  });
  expect((await inbox("luis@example.test")).total).toBe(1);
});

test("the pages show the message without running it", async () => {
  await send("ana@example.test");
  const { id } = (await inbox("ana@example.test")).mails[0];
  expect(await (await fetch(`${world.url}/mail`)).text()).toContain("Tu cita está confirmada ✓");
  const shown = await (await fetch(`${world.url}/mail/${id}`)).text();
  expect(shown).toContain("srcdoc");
  expect(shown).not.toContain("<script>");
  const attachment = await fetch(`${world.url}/mail/${id}/attachments/0`);
  expect(await attachment.text()).toContain("BEGIN:VCALENDAR");
});

test("a refused message is not kept; the next one is", async () => {
  await world.press("/mail/panel/knobs", { failNext: 1 });
  await expect(send("eva@example.test")).rejects.toThrow(/451/);
  expect((await inbox("eva@example.test")).total).toBe(0);
  await send("eva@example.test");
  expect((await inbox("eva@example.test")).total).toBe(1);
});

test("a connection cut after the message was taken looks like a failure, and the message is there", async () => {
  await world.press("/mail/panel/knobs", { acceptThenDrop: 1 });
  await expect(send("eva@example.test")).rejects.toThrow();
  expect((await inbox("eva@example.test")).total).toBe(1);
});

test("a server that is down refuses connections until it is up", async () => {
  await world.press("/mail/panel/knobs", { down: "on" });
  await expect(send("eva@example.test")).rejects.toThrow(/421/);
  await world.press("/mail/panel/knobs", { down: "off" });
  await send("eva@example.test");
});

test("a server that goes down takes no mail on a connection that was open before", async () => {
  const transport = createTransport({ host: "127.0.0.1", port: world.smtpPort, pool: true, maxConnections: 1 });
  const message = { from: "hola@clinica.test", to: "pool@example.test", text: "Hola" };
  await transport.sendMail(message);
  await world.press("/mail/panel/knobs", { down: "on" });
  await expect(transport.sendMail(message)).rejects.toThrow(/421/);
  transport.close();
  expect((await inbox("pool@example.test")).total).toBe(1);
});
