import { sql } from "kysely";
import type { BookingImportProblem, BookingsImportAnswer, bookingImportFates } from "#contracts/desk/bookings-import.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import type { DeskCaller } from "../customers/log-change.ts";
import { checkRows, type Wanted } from "./check-rows.ts";
import { insertImported, TimesTaken } from "./insert-imported.ts";
import { readNames } from "./known-names.ts";
import { readBookingsCsv } from "./read-bookings-csv.ts";

type Import = { caller: DeskCaller; input: { csv: string; isTrial: boolean } };
type Fate = (typeof bookingImportFates)[number];
type Fated = { wanted: Wanted; fate: Fate };

/** What a page can show; a file may have thousands. */
const rowsShownMax = 20;
const problemsShownMax = 100;

/**
 * Makes a confirmed booking of every line that is new, or none and says what is wrong with each
 * line. The money was taken elsewhere and everybody was told there: nothing is due, and nothing is
 * sent.
 */
export async function importBookings({ caller, input: { csv, isTrial } }: Import): Promise<BookingsImportAnswer> {
  const { tenantId } = caller;
  const { lines, problems } = readBookingsCsv(csv);
  const merchant = await inTenant(tenantId, readMerchant);
  const { timezone } = merchant;
  if (problems.length > 0) return answerWith({ timezone, problems });
  const checked = checkRows(lines, merchant);
  const mayWrite = !isTrial && checked.problems.length === 0;
  let fated: Fated[] = [];
  try {
    return await inTenant(tenantId, async (tx) => {
      if (mayWrite) await oneAtATime(tx);
      fated = fatesOf(checked.wanted, await knownLines(tx, checked.wanted));
      const fresh = fated.filter(({ fate }) => fate === "new").map(({ wanted }) => wanted);
      if (!mayWrite) return answerWith({ timezone, fated, problems: [...checked.problems, ...takenProblems(await takenNow(tx, fresh))] });
      await insertImported(tx, { caller, merchant, wanted: fresh });
      return answerWith({ timezone, fated, created: fresh.length });
    });
  } catch (error) {
    if (error instanceof TimesTaken) return answerWith({ timezone, fated, problems: takenProblems(error.taken) });
    throw error;
  }
}

async function readMerchant(tx: Tx) {
  const tenant = await tx.selectFrom("tenant").select(["tenant_id as id", "country", "timezone", "locale"]).executeTakeFirstOrThrow();
  return { ...tenant, ...(await readNames(tx)) };
}

/** Of two imports of a merchant at once, the second sees what the first has made. */
async function oneAtATime(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('bookings-import ' || current_tenant()::text, 0))`.execute(tx);
}

/** Lines that were imported before, also if their booking was moved since, or are booked here. */
async function knownLines(tx: Tx, all: readonly Wanted[]): Promise<Set<number>> {
  const given = JSON.stringify(
    all.map(({ line, key, professional, start, email, phone }) => ({ line, key, professional: professional.id, start, email, phone })),
  );
  const { rows } = await sql<{ line: number }>`
    select line from jsonb_to_recordset(${given}::jsonb) as given (
      line int, key text, professional uuid, start timestamptz, email text, phone text)
    where exists (select from booking b where b.tenant_id = current_tenant() and b.import_key = given.key)
      or exists (
        select from booking b join checkout k on k.tenant_id = b.tenant_id and k.id = b.id
        where b.tenant_id = current_tenant() and b.professional_id = given.professional and b.starts_at = given.start
          and k.status in ('paid', 'confirmed') and (
            given.email <> '' and lower(k.customer_email) = lower(given.email)
            or given.phone <> '' and phone_digits(k.customer_phone) = phone_digits(given.phone)))`.execute(tx);
  return new Set(rows.map(({ line }) => line));
}

function fatesOf(all: readonly Wanted[], known: ReadonlySet<number>): Fated[] {
  const above = new Set<string>();
  return all.map((wanted) => {
    const fate = known.has(wanted.line) ? "known" : above.has(wanted.key) ? "twice" : "new";
    above.add(wanted.key);
    return { wanted, fate };
  });
}

/** Only for the look before: on writing, the constraint decides. */
async function takenNow(tx: Tx, all: readonly Wanted[]): Promise<Wanted[]> {
  const future = all.filter(({ isPast }) => !isPast);
  const given = JSON.stringify(future.map(({ line, professional, from, until }) => ({ line, professional: professional.id, from, until })));
  const { rows } = await sql<{ line: number }>`
    select line from jsonb_to_recordset(${given}::jsonb) as given (line int, professional uuid, "from" timestamptz, until timestamptz)
    where exists (select from live_claims(current_tenant(), professional, "from", until, ''))`.execute(tx);
  const taken = new Set(rows.map(({ line }) => line));
  const byProfessional = Map.groupBy(future, ({ professional }) => professional.id);
  for (const theirs of byProfessional.values()) {
    let end = "";
    for (const { line, from, until } of theirs.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
      if (from < end) taken.add(line);
      else if (!taken.has(line)) end = until;
    }
  }
  return future.filter(({ line }) => taken.has(line));
}

/** Says that the time is taken, and never by whom. */
const takenProblems = (taken: readonly Wanted[]): BookingImportProblem[] =>
  taken.map(({ line, given }) => ({ line, column: "time", value: given, problem: "slot_taken" }));

type Answering = { timezone: string; fated?: readonly Fated[]; problems?: BookingImportProblem[]; created?: number };

function answerWith({ timezone, fated = [], problems = [], created = 0 }: Answering): BookingsImportAnswer {
  const count = (wanted: Fate) => fated.filter(({ fate }) => fate === wanted).length;
  const past = fated.filter(({ wanted, fate }) => fate === "new" && wanted.isPast).length;
  return {
    rows: fated.slice(0, rowsShownMax).map(({ wanted: { line, start, service, professional, name }, fate }) => ({
      ...{ line, start, name, fate },
      service: service.name,
      professional: professional.name,
    })),
    timezone,
    counts: { new: count("new"), known: count("known"), twice: count("twice"), past },
    problems: problems.toSorted((a, b) => a.line - b.line).slice(0, problemsShownMax),
    problemsCount: problems.length,
    created,
  };
}
