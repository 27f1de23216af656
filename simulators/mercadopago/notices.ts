import { randomInt, randomUUID } from "node:crypto";
import { deliver } from "./deliver.ts";
import type { Knobs } from "./knobs.ts";
import type { Chargeback, MpAccount, MpPayment, Notice } from "./shapes.ts";
import { noticeSignature } from "./signatures.ts";
import { isoOf, type MercadopagoWorld, remember } from "./world.ts";

/** The delay of the notice after the redirect with the knob `notice=after`. */
const afterRedirectMs = 1500;

export type Action = "payment.created" | "payment.updated";
/** The payment that a notice is about. A forged one may not exist. */
export type Subject = { account: MpAccount; payment: MpPayment; knobs: Knobs; action: Action; chargeback?: Chargeback };

/**
 * Sends the notice as the knobs say: never, now or later, in one or many copies at once, and once
 * more after hours. Resolves after the first answer when it goes out now.
 */
export async function announce(world: MercadopagoWorld, subject: Subject): Promise<Notice[]> {
  const { knobs } = subject;
  if (knobs.notice === "never") return [];
  const waitMs = knobs.noticeDelaySeconds * 1000 + (knobs.notice === "after" ? afterRedirectMs : 0);
  const notices = composeCopies(world, subject);
  if (knobs.noticeAgainSeconds > 0) later(world, compose(world, subject), knobs.noticeAgainSeconds * 1000);
  if (waitMs === 0) await Promise.all(notices.map((notice) => deliver(world, notice)));
  else for (const notice of notices) later(world, notice, waitMs);
  return notices;
}

/** Nobody waits for it: what a call of the API causes comes by itself. */
export function announceSoon(world: MercadopagoWorld, subject: Subject): void {
  world.clock.at(world.clock.now(), async () => void (await announce(world, subject)));
}

/** The same notice as the last one of this payment, byte for byte; a new one if there is none. */
export async function announceAgain(world: MercadopagoWorld, subject: Subject): Promise<Notice[]> {
  const { payment, knobs } = subject;
  const last = [...world.notices.values()].findLast(({ paymentId }) => paymentId === payment.id);
  if (!last || knobs.signature !== "right") return announce(world, subject);
  const copies = Array.from({ length: knobs.noticeCopies }, () => copyOf(world, last));
  await Promise.all(copies.map((notice) => deliver(world, notice)));
  return copies;
}

function later(world: MercadopagoWorld, notice: Notice, waitMs: number): void {
  const dueMs = world.clock.now() + waitMs;
  notice.nextAttemptAt = isoOf(dueMs);
  world.clock.at(dueMs, () => deliver(world, notice));
}

function composeCopies(world: MercadopagoWorld, subject: Subject): Notice[] {
  const first = compose(world, subject);
  const others = Array.from({ length: subject.knobs.noticeCopies - 1 }, () => copyOf(world, first));
  return [first, ...others];
}

function copyOf(world: MercadopagoWorld, notice: Notice): Notice {
  const copy: Notice = { ...notice, id: randomUUID(), attempts: [], state: "waiting" };
  remember(world.notices, copy);
  return copy;
}

function compose(world: MercadopagoWorld, subject: Subject): Notice {
  const { account, payment, knobs, chargeback } = subject;
  const sentMs = world.clock.now();
  const dataId = chargeback?.id ?? payment.id;
  const type = chargeback ? "topic_chargebacks_wh" : "payment";
  const requestId = randomUUID();
  const notice: Notice = {
    id: randomUUID(),
    userId: account.userId,
    paymentId: payment.id,
    reference: payment.reference,
    status: payment.status,
    url: addressOf(subject, { dataId, type }),
    body: JSON.stringify(bodyOf(subject, { dataId, type, sentAt: isoOf(sentMs) })),
    signature: signatureOf({ dataId, requestId, ts: String(sentMs), secret: account.webhookSecret }, knobs.signature),
    requestId,
    sentAt: isoOf(sentMs),
    attempts: [],
    state: "waiting",
    nextAttemptAt: isoOf(sentMs),
  };
  remember(world.notices, notice);
  return notice;
}

/** The preference's own address beats the panel's. The knob stands for a proxy before both. */
function addressOf({ account, payment, knobs }: Subject, { dataId, type }: { dataId: string; type: string }): string {
  const url = new URL(knobs.noticeUrl ?? payment.notificationUrl ?? account.webhookUrl);
  url.searchParams.set("data.id", dataId);
  url.searchParams.set("type", type);
  return url.href;
}

/** It carries no status: https://github.com/mercadopago/devsite-docs webhooks.en.md */
function bodyOf({ account, payment, action, chargeback }: Subject, told: { dataId: string; type: string; sentAt: string }) {
  return {
    id: randomInt(10_000_000_000, 20_000_000_000),
    live_mode: !account.accessToken.startsWith("TEST-"),
    type: told.type,
    date_created: told.sentAt,
    user_id: Number(account.userId),
    api_version: "v1",
    ...(chargeback ? { actions: ["changed_case_status"] } : { action }),
    data: { id: told.dataId, ...(chargeback && { payment_id: Number(payment.id), site_id: account.siteId }) },
  };
}

function signatureOf(input: Parameters<typeof noticeSignature>[0], is: Knobs["signature"]): string {
  if (is === "none") return "";
  const secret = is === "right" ? input.secret : `${input.secret} of somebody else`;
  return `ts=${input.ts},v1=${noticeSignature({ ...input, secret })}`;
}
