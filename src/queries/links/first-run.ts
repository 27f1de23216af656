import { sql } from "kysely";
import type { FirstRun } from "#contracts/first-run/first-run.ts";
import { firstRunOf } from "#domain/first-run/steps.ts";
import { inTenant } from "#platform/db.ts";
import { env } from "#platform/env.ts";
import { linkAddress } from "../site-address.ts";

type Facts = {
  hasService: boolean;
  hasBookable: boolean;
  link: { id: string; publicId: string } | null;
  hasPaidBooking: boolean;
  testBookingId: string | null;
  mode: FirstRun["mode"];
};

/** With real payments nobody looks for the test any more, least of all among 200,000 bookings. */
export async function loadFirstRun(tenantId: string): Promise<FirstRun> {
  const { rows } = await inTenant(tenantId, (tx) =>
    sql<Facts>`
      select
        exists (select from service where tenant_id = ${tenantId} and active and deleted_at is null) as "hasService",
        exists (
          select from professional p
          join service_professional sp on sp.tenant_id = p.tenant_id and sp.professional_id = p.id
          join service s on s.tenant_id = p.tenant_id and s.id = sp.service_id and s.active and s.deleted_at is null
          join working_hours w on w.tenant_id = p.tenant_id and w.professional_id = p.id
          where p.tenant_id = ${tenantId} and p.active and p.deleted_at is null
        ) as "hasBookable",
        (select json_build_object('id', id, 'publicId', public_id) from booking_link
          where tenant_id = ${tenantId} and is_active and deleted_at is null and not is_desk and (expires_at is null or expires_at > now())
          order by created_at limit 1) as link,
        (select id from checkout where tenant_id = ${tenantId} and kind = 'booking' and paid_charge_id is not null
          order by id desc limit 1) is not null as "hasPaidBooking",
        case when live.mode <> 'production' then (select b.id from booking b
          join checkout k on k.tenant_id = b.tenant_id and k.id = b.id
          join charge c on c.tenant_id = k.tenant_id and c.id = k.paid_charge_id
          left join connection n on n.tenant_id = c.tenant_id and n.id = c.connection_id
          where b.tenant_id = ${tenantId} and k.status in ('paid', 'confirmed') and n.mode is distinct from 'production'
          order by b.id desc limit 1) end as "testBookingId",
        live.mode
      from (select coalesce((select case when bool_or(mode = 'production') then 'production' else 'test' end from connection
        where tenant_id = ${tenantId} and kind = 'payment' and is_active having count(*) > 0), 'none') as mode) live`.execute(tx),
  );
  const [facts] = rows;
  if (!facts) throw new Error("one row was asked for");
  return shown(facts);
}

function shown({ link, testBookingId, mode, ...facts }: Facts): FirstRun {
  const canSimulate = env().SIMULATORS_URL !== undefined;
  const steps = firstRunOf({ ...facts, canSimulate, hasLiveLink: link !== null, takesRealPayments: mode === "production" });
  return {
    steps,
    isDone: steps.every(({ isDone }) => isDone),
    mode,
    canSimulate,
    link: link && { ...link, address: linkAddress(link.publicId) },
    testBookingId,
  };
}

export type FirstRunSetup = { country: string; currency: string; serviceIds: string[]; hasProfessionals: boolean };

/** What the checklist's forms begin with. */
export function loadFirstRunSetup(tenantId: string): Promise<FirstRunSetup> {
  return inTenant(tenantId, async (tx) => {
    const { country, currency } = await tx.selectFrom("tenant").select(["country", "currency"]).executeTakeFirstOrThrow();
    const living = (table: "service" | "professional") =>
      tx.selectFrom(table).select("id").where("tenant_id", "=", tenantId).where("deleted_at", "is", null).limit(setupMax).execute();
    const [services, professionals] = [await living("service"), await living("professional")];
    return {
      country,
      currency,
      serviceIds: services.map(({ id }) => id),
      hasProfessionals: professionals.length > 0,
    };
  });
}

const setupMax = 200;

export async function loadPaymentMode(tenantId: string): Promise<FirstRun["mode"]> {
  const connections = await inTenant(tenantId, (tx) =>
    tx.selectFrom("connection").select("mode").where("kind", "=", "payment").where("is_active", "=", true).execute(),
  );
  if (connections.length === 0) return "none";
  return connections.some(({ mode }) => mode === "production") ? "production" : "test";
}
