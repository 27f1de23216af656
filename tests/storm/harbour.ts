import { cleanupUnpaid } from "#commands/cleanup-unpaid.ts";
import { roomNameOf } from "#domain/room-name.ts";
import { examine, type Finding } from "#queries/doctor.ts";
import { hasten } from "../support/hasten.ts";
import { type Effects, effectProblems, readEffects } from "../support/outside-effects.ts";
import { until } from "../support/until.ts";
import { moneyProblems } from "./books.ts";
import { chargesAt, type Desk } from "./desks.ts";
import { doTheirPart } from "./person.ts";
import { rowsOf, type Sea } from "./sea.ts";
import { leftOnShelf, shelfProblems } from "./shelf.ts";
import { calm, jump } from "./weather.ts";

const quietMs = 60_000;
const threeDaysMinutes = 80 * 60;

/**
 * After the storm: everything outside works again, and all ladders run out. Then what is found must
 * keep the five promises.
 */
export async function reachHarbour(sea: Sea): Promise<void> {
  sea.engine.crashAt("");
  await sea.engine.ready();
  await calm(sea);
  for (const minutes of [35, 35, 200, 1500]) {
    await jump(sea, minutes);
    await becomeQuiet(sea);
  }
  sea.findings.push(...(await examineAll(sea)));
  await jump(sea, threeDaysMinutes);
  await becomeQuiet(sea);
  await cleanedUp(sea);
  sea.findings.push(...(await examineAll(sea)), ...(await leftOnShelf(sea)));
}

/**
 * Nothing is under way: no follow-up, no event, no refund. A person does their part with what was
 * handed to them.
 */
async function becomeQuiet(sea: Sea): Promise<void> {
  await until(async () => {
    await sea.engine.ready();
    await hasten(sea.world);
    // A job that was planned while the clock was moved did not move with it.
    await sea.world.owner.query(
      "update graphile_worker._private_jobs set run_at = now() where locked_at is null and key in (select 'inbox-' || id from inbox_event where received_at < now() - interval '30 minutes')",
    );
    // Also what was paid is asked about again, if the last question had no answer.
    await sea.world.owner.query(
      "update graphile_worker._private_jobs set run_at = now() where locked_at is null and key in (select 'poll-' || id from payment where failures > 0)",
    );
    await doTheirPart(sea);
    await questionsEnd(sea);
    const open = await rowsOf(
      sea,
      `select 'follow-up' as what, job as name, state, last_error as why from follow_up f where tenant_id = $1 and state in ('pending', 'waiting', 'attention')
         and not (job = 'mail-customer-unpaid' and run_at > now() and exists (select from payment p where p.checkout_id = f.subject_id and p.payable_until > now()))
       union all select 'event', e.id::text || ' ' || coalesce((select json_agg(j)::text from graphile_worker._private_jobs j where j.key = 'inbox-' || e.id or j.payload->>'inboxEventId' = e.id::text), 'no job'), state, null from inbox_event e where tenant_id = $1 and (state = 'received'
         or state = 'unmatched' and received_at < now() - interval '31 minutes')
       union all select 'booking', k.id::text, k.status, null from checkout k join tenant t using (tenant_id)
         where tenant_id = $1 and k.status = 'pending' and k.ends_at < now() - make_interval(mins => case
           when exists (select from payment p where p.checkout_id = k.id and not p.can_be_asked) then t.answer_wait_minutes + 1 else 3 end)
       union all select 'refund case', id::text, state, last_error from refund_case where tenant_id = $1 and state <> 'done'
       union all select 'job', key, 'locked', null from graphile_worker._private_jobs where $1::uuid is not null
         and (locked_at < now() - interval '10 seconds' or locked_at is not null and key ~ '^(poll|inbox|wanted)-')
       union all select 'no answer', p.id::text, p.status, null from payment p where p.tenant_id = $1 and p.failures > 0
       union all select 'unasked', p.id::text, p.status, null from payment p where p.tenant_id = $1 and p.can_be_asked and p.expires_at < now() and p.status <> 'approved'
         and is_unanswered(p) and $1::uuid is not null and not exists (select from charge c where c.payment_id = p.id)
       union all select 'no last answer', p.id::text, p.status, null from payment p join checkout k on k.id = p.checkout_id
         where p.tenant_id = $1 and p.can_be_asked and p.payable_until < now() and (p.asked_at is null or p.asked_at < p.payable_until)
         and p.status in ('pending', 'declined', 'error', 'expired', 'cancelled') and k.paid_charge_id is null
         and not exists (select from refund_case r where r.checkout_id = k.id)`,
    );
    return open.length === 0 ? null : `still under way: ${JSON.stringify(open.slice(0, 10))}`;
  }, quietMs).catch((error: unknown) => {
    sea.findings.push(error instanceof Error ? error.message : String(error));
  });
}

/** What was hastened is asked: a provider that wants several calls for an answer takes a while. */
async function questionsEnd(sea: Sea): Promise<void> {
  await until(async () => {
    const asked = "select from graphile_worker._private_jobs where locked_at is not null and key ~ '^(poll|inbox|wanted)-'";
    const { rowCount } = await sea.world.owner.query(asked);
    return rowCount ? `${rowCount} questions are under way` : null;
  }, quietMs / 6).catch(() => {});
}

/** Unpaid attempts have vanished and left nothing behind. */
async function cleanedUp(sea: Sea): Promise<void> {
  const headers = { authorization: "Bearer cron-secret-of-the-tests" };
  await until(async () => {
    const answer = await fetch(`${sea.world.appUrl}/api/cron/cleanup-unpaid`, { method: "POST", headers });
    if (answer.status !== 200)
      return `the clean-up answered ${answer.status}: ${await cleanupUnpaid().then(() => "but not again", String)}`;
    const left = await rowsOf(
      sea,
      `select id, status, payment_status, ends_at, (select json_agg(c) from charge c join payment p on p.id = c.payment_id where p.checkout_id = b.id) as charges
       from checkout b where tenant_id = $1 and paid_charge_id is null and not exists (select from refund_case r where r.checkout_id = b.id)
         and not exists (select from payment p where p.checkout_id = b.id and p.payable_until > now())`,
    );
    return left.length === 0 ? null : `unpaid bookings were left behind: ${JSON.stringify(left)}`;
  }, 5000).catch((error: unknown) => {
    sea.findings.push(String(error));
  });
}

async function examineAll(sea: Sea): Promise<string[]> {
  const doctor = await Promise.all((await examine()).map((finding) => withRow(sea, finding)));
  const effects = await readEffects(sea.world, sea.clinic);
  return [
    ...doctor,
    ...effectProblems(effects),
    ...(await moneyProblems(sea, await chargesAt(sea.desks))),
    ...(await shelfProblems(sea)),
    ...(await missingEffects(sea, effects)),
    ...(await forgottenWebhooks(sea)),
  ];
}

const places = [
  "checkout",
  "payment",
  "slot_claim",
  "charge",
  "refund_case",
  "inbox_event",
  "follow_up",
  "order_session",
  "variant",
  "discount",
];

/** With the row itself, as nothing is left of it after the storm. */
async function withRow(sea: Sea, { promise, problem, id }: Finding): Promise<string> {
  const rows = await Promise.all(
    places.map((place) =>
      sea.world.owner.query(`select '${place}' as place, to_jsonb(t) as row, now() from ${place} t where id = $1`, [id]),
    ),
  );
  return `${promise}: ${problem} (${id}) ${JSON.stringify(rows.flatMap((found) => found.rows))}`;
}

/** What the ledger says is done has been seen outside, and what is not for money has not been. */
async function missingEffects(sea: Sea, effects: Effects): Promise<string[]> {
  const done = await rowsOf<{ id: string; job: string; effect: string }>(
    sea,
    "select id, job, effect from follow_up where tenant_id = $1 and state = 'done'",
  );
  const mails = new Set(effects.mails.map((mail) => mail.messageId));
  const taken = new Set(effects.callbacks.filter(({ answered }) => answered >= 200 && answered < 300).map(({ webhookId }) => webhookId));
  const missing = done.flatMap(({ id, job, effect }) => {
    if (job.startsWith("mail-") && !mails.has(effect)) return [`${job} is done, but no mail came (${id})`];
    return job === "deliver-callback" && !taken.has(id) ? [`a callback is done, but the merchant did not take it (${id})`] : [];
  });
  const online = await rowsOf<{ id: string; status: string }>(
    sea,
    "select k.id, k.status from booking b join checkout k using (tenant_id, id) where tenant_id = $1 and b.online",
  );
  const rooms = online.flatMap(({ id, status }) => {
    const has = effects.roomsNow.includes(roomNameOf(id));
    return has === (status === "paid" || status === "confirmed")
      ? []
      : [`online booking ${id} is ${status} and has ${has ? "a" : "no"} room`];
  });
  return [...missing, ...rooms];
}

/**
 * 200 means that it is stored durably: whatever the provider was answered 200 is in the inbox.
 * And no answer is anything but stored, not genuine, or not now.
 */
async function forgottenWebhooks(sea: Sea): Promise<string[]> {
  return (await Promise.all(sea.desks.map((desk) => forgottenAt(sea, desk)))).flat();
}

async function forgottenAt({ world, clinic }: Sea, { payer, account, provider }: Desk): Promise<string[]> {
  const events = await payer.events(account);
  const { rows } = await world.owner.query<{ body: string }>("select body from inbox_event where tenant_id = $1 and provider = $2", [
    clinic.tenantId,
    provider.id,
  ]);
  const stored = new Set(rows.map(({ body }) => provider.factOf(body)));
  return events.flatMap(({ chargeId, state, fact, deliveries }) => {
    const strange = deliveries.filter(({ status }) => ![200, 401, 503, null].includes(status));
    const isForgotten = deliveries.some(({ status }) => status === 200) && !stored.has(fact);
    return [
      ...strange.map(({ status }) => `the event ${state} of ${chargeId} was answered ${status}`),
      ...(isForgotten ? [`the event ${state} of ${chargeId} was answered 200, but it is not in the inbox`] : []),
    ];
  });
}
