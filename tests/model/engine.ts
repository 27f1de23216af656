import { settleInboxEvent } from "#commands/inbox/settle-event.ts";
import { advanceRefundCase } from "#commands/refund-cases/advance.ts";
import { pollPayment } from "#commands/settlement/poll-payment.ts";
import type { Clinic } from "../support/clinic.ts";
import { passTime } from "../support/pass-time.ts";
import type { World } from "../support/world.ts";

/** The real system of one run: a clinic of its own, nothing runs by itself. */
export type Real = { world: World; clinic: Clinic; before: Snapshot };

type Row = { id: string; state: string };
export type Snapshot = {
  checkout: Row[];
  payment: Row[];
  charge: Row[];
  refund_case: Row[];
  slot_claim: Row[];
  events: number;
  followUps: number;
};

export async function rows<T extends object = Row>(real: Real, text: string): Promise<T[]> {
  return (await real.world.owner.query<T>(text, [real.clinic.tenantId])).rows;
}

/** What says how each thing stands. Of a refund case that is done, also whether there was no money after all. */
const stateOf = {
  checkout: "status",
  payment: "status",
  charge: "status",
  refund_case: "case when state = 'done' and withdrawn_at is not null then 'withdrawn' else state end",
  slot_claim: "state",
};

export async function snapshot(real: Real): Promise<Snapshot> {
  const [one] = await rows<Snapshot>(
    real,
    `select ${Object.entries(stateOf)
      .map(
        ([table, state]) =>
          `coalesce((select json_agg(json_build_object('id', id, 'state', ${state}) order by id) from ${table} where tenant_id = $1), '[]') as ${table}`,
      )
      .join(", ")},
      (select count(*)::int from event where tenant_id = $1) as events, (select count(*)::int from follow_up where tenant_id = $1) as "followUps"`,
  );
  if (!one) throw new Error("no snapshot");
  return one;
}

/** The jobs of the inbox that are due. */
export async function runInbox(real: Real): Promise<void> {
  const due = await rows(
    real,
    `select e.id, e.state from inbox_event e where tenant_id = $1 and (state = 'received' or state = 'unmatched' and received_at < now() - interval '30 minutes')
     order by received_at`,
  );
  for (const { id } of due) await settleInboxEvent({ tenantId: real.clinic.tenantId, inboxEventId: id });
}

export async function runRefunds(real: Real): Promise<void> {
  const open = await rows(
    real,
    "select id, state from refund_case where tenant_id = $1 and state <> 'done' and state <> 'manual' order by id",
  );
  for (const { id } of open) await advanceRefundCase({ tenantId: real.clinic.tenantId, refundCaseId: id });
}

export async function poll(real: Real, paymentId: string): Promise<void> {
  await pollPayment({ tenantId: real.clinic.tenantId, paymentId });
}

export const jump = (real: Real, minutes: number) => passTime(real.world, minutes);
