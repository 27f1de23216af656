import { sql } from "kysely";
import { actorOf } from "#contracts/caller.ts";
import type { CustomersImportAnswer } from "#contracts/customers/import.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { newId } from "#platform/ids.ts";
import { checkRows, type Fate, type Wanted } from "./check-rows.ts";
import { type DeskCaller, logCustomerChange } from "./log-change.ts";
import { readCustomersCsv } from "./read-customers-csv.ts";

type Import = { caller: DeskCaller; input: { csv: string; isTrial: boolean } };

/** What a page can show; a file may have thousands. */
const rowsShownMax = 20;
const problemsShownMax = 100;
/** A payment may make one of the customers between the look and the writing. */
const triesMax = 3;

/** Adds everybody who is new, or nobody and says what is wrong with each line. */
export async function importCustomers({ caller, input: { csv, isTrial } }: Import): Promise<CustomersImportAnswer> {
  const { tenantId } = caller;
  const { lines, problems } = readCustomersCsv(csv);
  if (problems.length > 0) return answerWith({ problems });
  const merchant = await inTenant(tenantId, (tx) =>
    tx.selectFrom("tenant").select(["country", "timezone", "locale"]).executeTakeFirstOrThrow(),
  );
  const checked = checkRows(lines, merchant);
  for (let tried = 1; ; tried += 1) {
    try {
      return await inTenant(tenantId, async (tx) => {
        const fated = fatesOf(checked.wanted, await knownContacts(tx, checked.wanted));
        if (isTrial || checked.problems.length > 0) return answerWith({ fated, problems: checked.problems });
        const added = fated.filter(({ fate }) => fate === "new").map(({ wanted }) => ({ ...wanted, id: newId() }));
        if (added.length > 0) await insertAll(tx, { caller, added });
        return answerWith({ fated, created: added.length });
      });
    } catch (error) {
      if (!(error instanceof MadeMeanwhile) || tried === triesMax) throw error;
    }
  }
}

/** Somebody with a contact of the file became a customer. The transaction is rolled back. */
class MadeMeanwhile extends Error {}

type Fated = { wanted: Wanted; fate: Fate };

function fatesOf(all: readonly Wanted[], known: ReadonlySet<string>): Fated[] {
  const above = new Set<string>();
  return all.map((wanted) => {
    const words = wanted.contacts.map(({ kind, value }) => `${kind}:${value}`);
    const fate = words.some((word) => known.has(word)) ? "known" : words.some((word) => above.has(word)) ? "twice" : "new";
    if (fate === "new") for (const word of words) above.add(word);
    return { wanted, fate };
  });
}

async function knownContacts(tx: Tx, all: readonly Wanted[]): Promise<Set<string>> {
  const contacts = JSON.stringify(all.flatMap(({ contacts: theirs }) => theirs));
  const { rows } = await sql<{ kind: string; value: string }>`
    select x.kind, x.value from customer_contact x
    join jsonb_to_recordset(${contacts}::jsonb) as given (kind text, value text) on given.kind = x.kind and given.value = x.value
    where x.tenant_id = current_tenant()`.execute(tx);
  return new Set(rows.map(({ kind, value }) => `${kind}:${value}`));
}

type Adding = { caller: DeskCaller; added: readonly (Wanted & { id: string })[] };

/** Contacts in one order, as keep_customers inserts them. */
async function insertAll(tx: Tx, { caller, added }: Adding): Promise<void> {
  const rows = JSON.stringify(added);
  await sql`
    insert into customer (tenant_id, id, name, email, phone, locale, since)
    select current_tenant(), id, name, email, phone, locale, coalesce(since, now())
    from jsonb_to_recordset(${rows}::jsonb) as given (id uuid, name text, email text, phone text, locale text, since timestamptz)`.execute(
    tx,
  );
  const { numAffectedRows } = await sql`
    insert into customer_contact (tenant_id, kind, value, customer_id)
    select current_tenant(), kind, value, id
    from jsonb_to_recordset(${rows}::jsonb) as given (id uuid, contacts jsonb),
      jsonb_to_recordset(given.contacts) as contact (kind text, value text)
    order by kind, value on conflict do nothing`.execute(tx);
  if (Number(numAffectedRows) !== added.flatMap(({ contacts }) => contacts).length)
    throw new MadeMeanwhile("a contact was taken meanwhile");
  await sql`
    insert into customer_note (tenant_id, customer_id, text, actor)
    select current_tenant(), id, note, ${actorOf(caller)}
    from jsonb_to_recordset(${rows}::jsonb) as given (id uuid, note text) where note is not null`.execute(tx);
  await logCustomerChange(tx, { caller, kind: "customers.imported", details: { count: added.length } });
}

type Answering = { fated?: readonly Fated[]; problems?: CustomersImportAnswer["problems"]; created?: number };

function answerWith({ fated = [], problems = [], created = 0 }: Answering): CustomersImportAnswer {
  const count = (wanted: Fate) => fated.filter(({ fate }) => fate === wanted).length;
  return {
    rows: fated.slice(0, rowsShownMax).map(({ wanted: { line, name, email, phone }, fate }) => ({
      ...{ line, name, email: email || null, phone: phone || null },
      fate,
    })),
    counts: { new: count("new"), known: count("known"), twice: count("twice") },
    problems: problems.slice(0, problemsShownMax),
    problemsCount: problems.length,
    created,
  };
}
