// `npm run types:db`: makes db/types.ts from the migrations by a throwaway database.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { migrate } from "#db/migrate.ts";
import { readArguments } from "./plain/arguments.mjs";
import { Sentence, tell } from "./plain/sentence.mjs";
import { root } from "./plain/settings.mjs";
import { startThrowaway } from "./postgres/throwaway.ts";

const outFile = join(root, "db", "types.ts");
const generated = /export type Int8 = .*;/;
/** platform/db.ts reads every bigint as a number and refuses one that is too large. */
const asNumber = "export type Int8 = ColumnType<number, number, number>;";
/** Columns of these domains get the code's closed lists as types. */
const unions: Record<string, { type: string; from: string }> = {
  checkout_status: { type: "CheckoutStatus", from: "#domain/checkout-states.ts" },
  checkout_payment_status: { type: "CheckoutPaymentStatus", from: "#domain/checkout-states.ts" },
  reversal_answer: { type: "ReversalAnswer", from: "#domain/checkout-states.ts" },
  attendance: { type: "Attendance", from: "#domain/checkout-states.ts" },
  claim_state: { type: "ClaimState", from: "#domain/claim-states.ts" },
  charge_status: { type: "ChargeState", from: "#domain/payment-states.ts" },
  decline_reason: { type: "DeclineReason", from: "#domain/choice/decline-reasons.ts" },
  payment_status: { type: "PaymentState", from: "#domain/payment-states.ts" },
  charge_outcome: { type: "ChargeOutcome", from: "#domain/payment-states.ts" },
  inbox_state: { type: "InboxState", from: "#domain/payment-states.ts" },
  refund_reason: { type: "RefundReason", from: "#domain/refund-policy.ts" },
  refund_state: { type: "RefundState", from: "#domain/refund-policy.ts" },
  refund_method: { type: "RefundMethod", from: "#domain/refund-policy.ts" },
  refund_part_state: { type: "RefundPartState", from: "#domain/money-back/refund-parts.ts" },
  dispute_kind: { type: "DisputeKind", from: "#domain/money-back/disputes.ts" },
  dispute_state: { type: "DisputeState", from: "#domain/money-back/disputes.ts" },
  event_subject: { type: "EventSubject", from: "#domain/follow-ups.ts" },
  calendar_status: { type: "CalendarStatus", from: "#domain/professionals/limits.ts" },
  opening_exception_kind: { type: "OpeningExceptionKind", from: "#domain/professionals/openings.ts" },
  customer_tone: { type: "Tone", from: "#contracts/settings/tones.ts" },
  member_role: { type: "Role", from: "#domain/roles.ts" },
  notice_mail_kind: { type: "NoticeMailKind", from: "#domain/desk/notices.ts" },
  follow_up_state: { type: "FollowUpState", from: "#domain/follow-ups.ts" },
  follow_up_job: { type: "FollowUpJob", from: "#domain/follow-ups.ts" },
};

readArguments();
const cluster = await startThrowaway();
try {
  const url = cluster.url("postgres");
  await migrate(url);
  const program = join(root, "node_modules", "kysely-codegen", "dist", "cli", "bin.js");
  const args = [
    program,
    "--dialect",
    "postgres",
    "--url",
    url,
    "--out-file",
    outFile,
    "--exclude-pattern",
    "graphile_worker.*",
    "--log-level",
    "warn",
  ];
  const made = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8", env: { ...process.env, DATABASE_URL: url } });
  if (made.status !== 0) throw new Sentence(`kysely-codegen failed: ${made.stderr || made.stdout}`);
  const text = readFileSync(outFile, "utf8");
  if (!generated.test(text))
    throw new Sentence("kysely-codegen wrote no Int8 type; scripts/types-db.ts must be adapted to its new output.");
  writeFileSync(outFile, withUnions(text.replace(generated, asNumber), await domainColumns(url)));
  console.log("  ✓ db/types.ts is written");
} catch (error) {
  process.exitCode = tell(error);
} finally {
  await cluster.stop();
}

type DomainColumn = { table: string; column: string; domain: string };

async function domainColumns(url: string): Promise<DomainColumn[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<DomainColumn>(`
    select table_name as "table", column_name as "column", domain_name as "domain"
    from information_schema.columns where table_schema = 'public' and domain_name is not null`);
  await client.end();
  return rows;
}

/** kysely-codegen writes a domain as its base type. This gives its columns the code's own type. */
function withUnions(text: string, columns: DomainColumn[]): string {
  const used = columns.flatMap(({ table, column, domain }) => {
    const union = unions[domain];
    return union ? [{ table, column, ...union }] : [];
  });
  const typed = used.reduce((rest, { table, column, type }) => {
    const name = table.replaceAll(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
    const property = new RegExp(`(export interface ${name} \\{[^}]*?\\n  ${column}: )(Generated<)?string`);
    if (!property.test(rest)) throw new Sentence(`db/types.ts has no text column ${table}.${column}.`);
    return rest.replace(property, (_, before: string, generated = "") => `${before}${generated}${type}`);
  }, text);
  const imports = [...Map.groupBy(used, ({ from }) => from)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([from, group]) => `import type { ${[...new Set(group.map(({ type }) => type))].sort().join(", ")} } from "${from}";`);
  return typed.replace('import type { ColumnType } from "kysely";', `import type { ColumnType } from "kysely";\n${imports.join("\n")}`);
}
