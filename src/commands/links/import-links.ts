import type { Caller } from "#contracts/caller.ts";
import type { ImportProblem } from "#contracts/links/links.ts";
import { Refusal } from "#contracts/problem.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { newId } from "#platform/ids.ts";
import { changeCatalog, logCatalogChange } from "../change-catalog.ts";
import { checkRows, type Known, type Wanted } from "./check-rows.ts";
import { insertLink } from "./create-link.ts";
import { type LinkLine, readLinksCsv } from "./read-csv.ts";

type Import = { caller: Caller; input: { tenantId: string; csv: string; isTrial: boolean } };
export type Imported = { rows: Wanted[]; problems: ImportProblem[]; createdIds: string[] };

/** Makes all links of the file, or none and says what is wrong with each line. */
export async function importLinks({ caller, input: { tenantId, csv, isTrial } }: Import): Promise<Imported> {
  const { lines, problems } = readLinksCsv(csv);
  if (problems.length > 0) return { rows: [], problems, createdIds: [] };
  const checked = checkRows(lines, await inTenant(tenantId, (tx) => knownTo(tx, tenantId, lines)));
  const trial = { rows: checked.wanted, problems: checked.problems, createdIds: [] };
  if (isTrial || checked.problems.length > 0) return trial;
  const made = checked.wanted.map((wanted) => ({ ...wanted, id: newId() }));
  const ids = { count: String(made.length) };
  try {
    await changeCatalog({ caller, tenantId, kind: "link.imported", ids }, async (tx) => {
      for (const wanted of made) await make(tx, { caller, tenantId, wanted });
    });
  } catch (error) {
    if (error instanceof TakenMeanwhile) return { ...trial, problems: [error.problem] };
    throw error;
  }
  return { rows: made, problems: [], createdIds: made.map(({ id }) => id) };
}

/** Somebody took a public id between the check and the writing. The transaction is rolled back. */
class TakenMeanwhile extends Error {
  readonly problem: ImportProblem;
  constructor({ line, publicId }: Wanted) {
    super("a public id was taken meanwhile");
    this.problem = { line, column: "public_id", value: publicId ?? "", problem: "public_id_taken" };
  }
}

async function make(tx: Tx, { caller, tenantId, wanted }: { caller: Caller; tenantId: string; wanted: Wanted & { id: string } }) {
  const { id, name, publicId, service, professional, expiresAt } = wanted;
  const link = { id, tenantId, name, serviceId: service?.id, professionalId: professional?.id, expiresAt };
  try {
    const { changes } = await insertLink(tx, { ...link, ...(publicId !== null && { publicId }) });
    await logCatalogChange(tx, { caller, tenantId, kind: "link.created", ids: { linkId: id }, changes });
  } catch (error) {
    if (error instanceof Refusal && error.code === "link_taken") throw new TakenMeanwhile(wanted);
    throw error;
  }
}

async function knownTo(tx: Tx, tenantId: string, lines: LinkLine[]): Promise<Known> {
  const living = (table: "service" | "professional") =>
    tx.selectFrom(table).select(["id", "name"]).where("tenant_id", "=", tenantId).where("deleted_at", "is", null).limit(namedMax).execute();
  const { timezone } = await tx.selectFrom("tenant").select("timezone").executeTakeFirstOrThrow();
  const words = lines.map(({ values }) => values.public_id).filter((word) => word !== "");
  const taken =
    words.length > 0 ? await tx.selectFrom("directory").select("key").where("kind", "=", "link").where("key", "in", words).execute() : [];
  return {
    timezone,
    services: await living("service"),
    professionals: await living("professional"),
    takenIds: new Set(taken.map(({ key }) => key)),
  };
}

const namedMax = 1000;
