import { beforeEach, expect, test } from "vitest";
import { saveMeetingUrl } from "#commands/bookings/save-meeting-url.ts";
import { deliverCallback } from "#commands/callbacks/deliver-callback.ts";
import { cancelCheckout } from "#commands/checkouts/cancel-checkout.ts";
import { runFollowUpAgain } from "#commands/follow-ups/run-again.ts";
import { roomNameOf } from "#domain/room-name.ts";
import type { Clinic } from "../support/clinic.ts";
import { slotStart } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import { post } from "../support/post.ts";
import { prepareStage } from "../support/stage.ts";
import { callback, confirmed, hurryFollowUps, paidCallback, paidFollowUps, settledAtOnce, settleInbox } from "./stories.ts";

const stage = prepareStage({ keepsPromises: true });
beforeEach(() => daily({ reset: "on" }));

const daily = (knobs: object) => post(`${stage.simulatorsUrl}/daily/panel/knobs`, knobs);
const online = confirmed({ followUps: { "booking.paid create-room": "done", ...paidFollowUps }, rooms: 1 });

/** The room came when mails and callback had gone ahead without its link: they hear of it, once. */
const onlineLate = confirmed({
  followUps: {
    ...online.followUps,
    "booking.room_ready mail-customer-room": "done",
    "booking.room_ready mail-professional-room": "done",
    "booking.room_ready deliver-callback": "done",
  },
  rooms: 1,
  mails: ["customer", "customer", "merchant", "professional", "professional"],
  callbacks: [paidCallback, callback("booking.room_ready", 2)],
});

async function payForOnline(settings: { callback?: boolean } = {}) {
  const clinic = await stage.openUnusualClinic(settings);
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0), serviceId: clinic.onlineServiceId });
  await stage.pay(booking.checkoutUrl, "approve");
  return { clinic, booking };
}

async function roomCounts(): Promise<unknown> {
  const { counts } = (await (await fetch(`${stage.simulatorsUrl}/daily/state`)).json()) as { counts: Record<string, unknown> };
  return Object.values(counts).at(-1);
}

test.each(["500", "503", "429"])(
  "Daily answers %s to some tries: mails and callback wait for the room, which comes once",
  async (failStatus) => {
    await daily({ failNext: 2, failStatus });
    const { clinic, booking } = await payForOnline();
    await settledAtOnce(stage, booking.id);
    expect(await stage.endState(clinic, booking.id)).toEqual(online);
    const { meetingUrl } = await stage.state(booking);
    expect(meetingUrl).toContain("?t=");
    expect(await mailText(clinic.link)).toContain("/daily/room/bk-");
  },
);

test("cancelled before its room was made: Daily is never asked for one, and nobody hears that it is booked", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0), serviceId: clinic.onlineServiceId });
  await stage.stopWorker();
  await stage.pay(booking.checkoutUrl, "approve");
  await settleInbox(stage, clinic);
  await cancelCheckout({ caller: { kind: "operator" }, input: { tenantId: clinic.tenantId, checkoutId: booking.id } });
  await stage.startWorker();
  await settledAtOnce(stage, booking.id);
  const skipped = { "booking.paid create-room": "skipped", "booking.paid mail-customer-paid": "skipped" };
  expect(await stage.endState(clinic, booking.id)).toMatchObject({ booking: { status: "cancelled" }, followUps: skipped, rooms: 0 });
  const { counts } = (await (await fetch(`${stage.simulatorsUrl}/daily/state`)).json()) as { counts: Record<string, { asked: number }> };
  expect(counts[roomNameOf(booking.id)]?.asked ?? 0).toBe(0);
});

test("the customer's link gives the rights of a guest, the professional's those of a host", async () => {
  const { clinic, booking } = await payForOnline();
  await settledAtOnce(stage, booking.id);
  const { meetingUrl } = await stage.state(booking);
  const [toHost = ""] = await mailsTo(`professional@${clinic.link}.example`);
  const hostUrl = /https?:\/\/\S+\/daily\/room\/bk-[^\s"<>)\]]+/.exec(toHost)?.[0] ?? "";
  const page = async (url: string) => (await fetch(url)).text();
  expect(await page(hostUrl)).toContain("(anfitrión)");
  expect(await page(meetingUrl ?? "")).toContain("A nombre de");
  expect(await page(meetingUrl ?? "")).not.toContain("(anfitrión)");
});

const mailText = async (link: string): Promise<string> => (await mailsTo(`customer@${link}.example`))[0] ?? "";

/** Newest first. */
async function mailsTo(person: string): Promise<string[]> {
  const answer = await fetch(`${stage.simulatorsUrl}/mail/state?to=${person}`);
  const { mails } = (await answer.json()) as { mails: { text: string; html: string }[] };
  return mails.map(({ text, html }) => `${text}${html}`);
}

/** What the merchant's server was told about the room, oldest first. */
async function linksInCallbacks(clinic: Clinic): Promise<(string | null)[]> {
  const answer = await fetch(`${stage.simulatorsUrl}/merchant/state/${clinic.callback.id}`);
  const { callbacks } = (await answer.json()) as { callbacks: { body: string }[] };
  const told = callbacks.map(({ body }) => JSON.parse(body) as { secuencia: number; cita: { enlace_reunion: string | null } });
  return told.toSorted((a, b) => a.secuencia - b.secuencia).map(({ cita }) => cita.enlace_reunion);
}

test("Daily makes the room but its answer is lost: the next try finds that room, and there is one", async () => {
  await daily({ failAfterEffect: 1 });
  const { clinic, booking } = await payForOnline();
  await settledAtOnce(stage, booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(online);
  expect(await roomCounts()).toMatchObject({ created: 1 });
});

test("Daily never answers: mails and callback go ahead, the room becomes an attention item, and 'run again' mends it", async () => {
  await daily({ failNext: 1000, failStatus: "503" });
  const { clinic, booking } = await payForOnline();
  await eventually(async () => {
    await hurryFollowUps(stage, booking.id);
    expect((await stage.endState(clinic, booking.id)).followUps["booking.paid create-room"]).toBe("attention");
  });
  await settledAtOnce(stage, booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(
    confirmed({
      booking: { status: "paid", paymentStatus: "paid" },
      followUps: { "booking.paid create-room": "attention", ...paidFollowUps },
    }),
  );
  expect((await stage.state(booking)).meetingUrl).toBeNull();

  await daily({ reset: "on" });
  const { rows } = await stage.owner.query<{ id: string; lastError: string }>(
    `select id, last_error as "lastError" from follow_up where subject_id = $1 and state = 'attention'`,
    [booking.id],
  );
  expect(rows[0]?.lastError).toContain("503");
  const item = { caller: { kind: "operator" } as const, input: { tenantId: clinic.tenantId, followUpId: rows[0]?.id ?? "" } };
  expect(await runFollowUpAgain(item)).toBe(true);
  await stage.reaches(booking, { status: "confirmed" });
  await stage.settled(booking.id);
  await settledAtOnce(stage, booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(onlineLate);
  const { meetingUrl } = await stage.state(booking);
  expect(meetingUrl).toContain("?t=");
  expect(await linksInCallbacks(clinic)).toEqual([null, meetingUrl?.split("?")[0]]);
  const [late, first] = await mailsTo(`customer@${clinic.link}.example`);
  expect(first).not.toContain("/daily/room/");
  expect(late).toContain(meetingUrl);
  expect((await mailsTo(`professional@${clinic.link}.example`))[0]).toContain("/daily/room/bk-");
  expect(await runFollowUpAgain(item)).toBe(false);
  const { rows: events } = await stage.owner.query(
    `select subject_kind as subject, details->>'followUpId' as id, details->>'job' as job, actor
     from event where tenant_id = $1 and kind = 'follow_up.run_again'`,
    [clinic.tenantId],
  );
  expect(events).toEqual([{ subject: "checkout", id: item.input.followUpId, job: "create-room", actor: "operator" }]);
});

test("a merchant without a server: the late room still reaches the customer", async () => {
  await daily({ failNext: 1000, failStatus: "500" });
  const { clinic, booking } = await payForOnline({ callback: false });
  await goAhead(booking.id);
  await daily({ reset: "on" });
  await eventually(async () => {
    await settledAtOnce(stage, booking.id);
    expect((await stage.endState(clinic, booking.id)).followUps).toMatchObject({ "booking.room_ready mail-customer-room": "done" });
  });
  const { followUps, callbacks } = await stage.endState(clinic, booking.id);
  expect(followUps).not.toHaveProperty("booking.room_ready deliver-callback");
  expect(callbacks).toEqual([]);
});

test("a room that is saved twice is told once, and one that came in time is not told apart", async () => {
  const { clinic, booking } = await payForOnline();
  await settledAtOnce(stage, booking.id);
  const madeFor = { start: new Date(slotStart(0)), end: new Date((await stage.state(booking)).end) };
  const again = { tenantId: clinic.tenantId, bookingId: booking.id, meetingUrl: "https://rooms.example/x?t=2", madeFor };
  expect(await saveMeetingUrl(again)).toBe("saved");
  await settledAtOnce(stage, booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(online);
  await stage.owner.query("update booking set meeting_url = null where id = $1", [booking.id]);
  // The bytes of the callback hold the link already: only the mails are doubtful.
  expect([await saveMeetingUrl(again), await saveMeetingUrl(again)]).toEqual(["saved", "saved"]);
  await settledAtOnce(stage, booking.id);
  const { followUps } = await stage.endState(clinic, booking.id);
  expect(followUps).toMatchObject({ "booking.room_ready mail-customer-room": "done" });
  expect(followUps).not.toHaveProperty("booking.room_ready deliver-callback");
});

test("a room that comes while the callback is being written is in its bytes", async () => {
  await daily({ failNext: 1000, failStatus: "503" });
  const { clinic, booking } = await payForOnline();
  await stage.reaches(booking, { status: "paid" });
  await stage.stopWorker();
  const room = await stage.owner.connect();
  await room.query("begin");
  // As saveMeetingUrl does: under the checkout's lock.
  await room.query("select from checkout where id = $1 for update", [booking.id]);
  await room.query("update booking set meeting_url = 'https://rooms.example/x?t=1' where id = $1", [booking.id]);
  const { rows } = await stage.owner.query<{ id: string; eventId: string }>(
    `select id, event_id as "eventId" from follow_up where subject_id = $1 and job = 'deliver-callback'`,
    [booking.id],
  );
  const followUp = { id: rows[0]?.id ?? "", eventId: rows[0]?.eventId ?? "", job: "deliver-callback", eventKind: "booking.paid" } as const;
  const subject = { subjectKind: "checkout", subjectId: booking.id, details: {}, sequence: 1, attempts: 0, occurredAt: new Date() };
  const sending = deliverCallback({ ...followUp, ...subject, actor: "system", memberId: null, tenantId: clinic.tenantId });
  await eventually(async () => {
    const waiting =
      "select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%for share%' and datname = current_database()";
    expect((await stage.owner.query(waiting)).rowCount).toBe(1);
  });
  await room.query("commit");
  room.release();
  expect(await sending).toMatchObject({ result: "done" });
  expect(await linksInCallbacks(clinic)).toEqual(["https://rooms.example/x"]);
  await daily({ reset: "on" });
  await stage.startWorker();
  await settledAtOnce(stage, booking.id);
});

test("the mails go ahead after a minute of failures, while the room is still tried; its link follows them", async () => {
  await daily({ failNext: 1000, failStatus: "500" });
  const { clinic, booking } = await payForOnline();
  await goAhead(booking.id);
  await eventually(async () => expect((await stage.endState(clinic, booking.id)).followUps).toMatchObject(paidFollowUps));
  expect((await stage.endState(clinic, booking.id)).followUps["booking.paid create-room"]).toBe("pending");
  await daily({ reset: "on" });
  await settledAtOnce(stage, booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(onlineLate);
});

/** The room has failed five times, and what waited for it waits no longer. */
function goAhead(bookingId: string): Promise<void> {
  return eventually(async () => {
    const { rows } = await stage.owner.query<{ waits: boolean }>(
      "select distinct state = 'waiting' as waits from follow_up where subject_id = $1 and waits_for = 'create-room'",
      [bookingId],
    );
    if (rows.length !== 1 || rows[0]?.waits) await hurryFollowUps(stage, bookingId);
    expect(rows).toEqual([{ waits: false }]);
  });
}
