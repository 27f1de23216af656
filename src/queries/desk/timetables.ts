import { sql } from "kysely";
import type { OpeningException, WorkingHours } from "#domain/professionals/openings.ts";
import type { Tx } from "#platform/db.ts";

export type Timetable = Awaited<ReturnType<typeof readTimetables>>[number];
export type Absence = OpeningException & { id: string; note: string };

const professionalsMax = 200;

/** When professionals work and are away, by their own clocks. Dates in `from` to `to` only. */
export async function readTimetables(tx: Tx, wanted: { ids?: readonly string[]; from: string; to: string }) {
  const { ids, from, to } = wanted;
  let asked = tx
    .selectFrom("professional as p")
    .innerJoin("tenant as t", "t.tenant_id", "p.tenant_id")
    .select(["p.id", "p.name", "p.photo_url as photoUrl"])
    .select((select) => select.fn.coalesce("p.timezone", "t.timezone").as("timezone"))
    .select(sql<boolean>`p.deleted_at is not null`.as("isArchived"))
    .select([
      sql<string[]>`(select coalesce(json_agg(sp.service_id), '[]') from service_professional sp
        where sp.tenant_id = p.tenant_id and sp.professional_id = p.id)`.as("serviceIds"),
      sql<WorkingHours[]>`(select coalesce(json_agg(json_build_object('weekday', w.weekday, 'startsAt', w.starts_at, 'endsAt', w.ends_at)
        order by w.weekday, w.starts_at), '[]') from working_hours w
        where w.tenant_id = p.tenant_id and w.professional_id = p.id)`.as("hours"),
      sql<Absence[]>`(select coalesce(json_agg(json_build_object('id', e.id, 'kind', e.kind, 'from', e.from_date, 'to', e.to_date,
        'startsAt', e.starts_at, 'endsAt', e.ends_at, 'note', e.note) order by e.from_date, e.id), '[]') from opening_exception e
        where e.tenant_id = p.tenant_id and e.professional_id = p.id
          and e.to_date >= ${from}::date and e.from_date <= ${to}::date)`.as("exceptions"),
    ])
    .orderBy("p.position")
    .orderBy("p.name")
    .limit(professionalsMax);
  if (ids) asked = asked.where("p.id", "in", [...ids]);
  return asked.execute();
}
