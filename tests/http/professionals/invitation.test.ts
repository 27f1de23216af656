import { beforeAll, expect, test } from "vitest";
import { calendarInvitation, calendarInvitationAnswer, ownDetails } from "#contracts/professionals.ts";
import { mailsTo } from "../../engine/mails/seen.ts";
import type { Clinic } from "../../support/clinic.ts";
import { eventually } from "../../support/end-state.ts";
import { passTime } from "../../support/pass-time.ts";
import { prepareStage } from "../../support/stage.ts";
import { ask, expectProblem, expectShape } from "../request.ts";
import { keyFor, type Merchant } from "./merchant.ts";

const stage = prepareStage();
let clinic: Clinic;
let merchant: Merchant;
beforeAll(async () => {
  clinic = await stage.openClinic();
  merchant = await keyFor(stage, clinic.tenantId);
});

const place = () => `/api/professionals/${clinic.professionalId}`;
async function invite(body: object = {}) {
  const made = await merchant.send("POST", `${place()}/invite`, body);
  expect(made.status, made.text).toBe(201);
  const invitation = expectShape(calendarInvitation, made.body);
  return { ...invitation, token: invitation.url?.split("/").at(-1) ?? "" };
}
const open = (token: string) => ask(stage, `/api/calendar-invitations/${token}`);
const correct = (token: string, json: object) => ask(stage, `/api/calendar-invitations/${token}`, { method: "PATCH", json });
const current = async () => calendarInvitationAnswer.parse((await merchant.get(`${place()}/invitation`)).body).invitation;

test("the link can be copied again, and the database has only the hash of its token", async () => {
  const { token, id, url } = await invite();
  expect(url).toBe(`${stage.appUrl}/connect-calendar/${token}`);
  expect(await current()).toMatchObject({ id, url, mailedAt: null, isExpired: false });
  const { rows } = await stage.owner.query("select i::text as row from calendar_invitation i");
  const { rows: logged } = await stage.owner.query("select e::text as row from event e");
  for (const { row } of [...rows, ...logged]) expect(row).not.toContain(token);
});

test("behind it, a professional reads and corrects themselves, and the audit log says who it was", async () => {
  const { token } = await invite();
  const { body } = await open(token);
  const seen = expectShape(ownDetails, body);
  expect(seen).toMatchObject({ name: "Laura", confirmedAt: null, tenant: { name: "Clínica de prueba" } });
  expect(JSON.stringify(seen)).not.toContain("@");
  const hours = [{ weekday: 2, startsAt: "10:00", endsAt: "12:00" }];
  const corrected = await correct(token, { name: "Laura Díaz", timezone: "America/Lima", hours, version: seen.version });
  expect(expectShape(ownDetails, corrected.body)).toMatchObject({ name: "Laura Díaz", timezone: "America/Lima", hours });
  expect(await current()).toMatchObject({ confirmedAt: expect.any(String) });
  const { rows } = await stage.owner.query("select actor, changes, origin from event where kind = 'professional.confirmed'");
  expect(rows).toMatchObject([
    {
      actor: `professional:${clinic.professionalId}`,
      changes: { name: ["Laura", "Laura Díaz"], timezone: [null, "America/Lima"], hours: [expect.any(String), "2 10:00–12:00"] },
      origin: { address: expect.any(String) },
    },
  ]);
  expectProblem(await correct(token, { name: "Late", version: seen.version }), "changed_meanwhile");
  expectProblem(await correct(token, { email: "mine@example.com", version: seen.version + 1 }), "invalid_request");
});

test("a new link ends the one before; a withdrawn one and one after seven days no longer work", async () => {
  const isOver = async (token: string) => {
    expectProblem(await open(token), "calendar_invitation_over");
    expectProblem(await correct(token, { version: 1 }), "calendar_invitation_over");
  };
  const first = await invite();
  const second = await invite();
  await isOver(first.token);
  expect((await open(second.token)).status).toBe(200);
  expect((await merchant.send("DELETE", `${place()}/invitation`)).status).toBe(204);
  await isOver(second.token);
  expect(await current()).toBeNull();
  expectProblem(await merchant.send("DELETE", `${place()}/invitation`), "calendar_invitation_over");
  const third = await invite();
  await passTime(stage, 7 * 1440 - 5);
  expect((await open(third.token)).status).toBe(200);
  await passTime(stage, 6);
  await isOver(third.token);
  expect(await current()).toMatchObject({ id: third.id, isExpired: true });
  expectProblem(await merchant.send("POST", `${place()}/invitation/mail`), "calendar_invitation_over");
});

test.each(["x", "A".repeat(22), "..%2f..", "%00", "'; drop table professional; --"])("the token %s is unknown", async (token) => {
  const answer = await open(token);
  expect([404]).toContain(answer.status);
});

test("a browser on another site's page cannot correct anything", async () => {
  const { token } = await invite();
  const answer = await ask(stage, `/api/calendar-invitations/${token}`, {
    method: "PATCH",
    json: { version: 1 },
    headers: { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
  });
  expectProblem(answer, "cross_site");
});

test("the mail goes to the professional once, in the merchant's language, with the link that works", async () => {
  const own = await stage.openClinic({ locale: "fr" });
  const { send } = await keyFor(stage, own.tenantId);
  const at = `/api/professionals/${own.professionalId}`;
  const made = expectShape(calendarInvitation, (await send("POST", `${at}/invite`, { mail: true })).body);
  expect(made).toMatchObject({ mailedTo: `professional@${own.link}.example`, mailedAt: expect.any(String) });
  expectProblem(await send("POST", `${at}/invitation/mail`), "rate_limited");
  const mails = () => mailsTo(stage, own, "professional");
  await eventually(async () => expect(await mails()).toHaveLength(1));
  const [mail] = await mails();
  expect(mail?.subject).toContain("vous invite à vérifier votre agenda");
  expect(mail?.text).toContain(made.url);
  await passTime(stage, 2);
  expect((await send("POST", `${at}/invitation/mail`)).status).toBe(200);
  await eventually(async () => expect(await mails()).toHaveLength(2));
});

test("without an address no mail is promised, and the link that works stays", async () => {
  const own = await stage.openClinic();
  const { send, get } = await keyFor(stage, own.tenantId);
  const at = `/api/professionals/${own.professionalId}`;
  await send("PATCH", at, { email: null });
  await send("POST", `${at}/invite`, {});
  const before = (await get(`${at}/invitation`)).body;
  expectProblem(await send("POST", `${at}/invite`, { mail: true }), "email_missing");
  expectProblem(await send("POST", `${at}/invitation/mail`), "email_missing");
  expect((await get(`${at}/invitation`)).body).toEqual(before);
});
