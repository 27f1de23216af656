/**
 * Tables that belong to no tenant, or must be read before one is known: only these may have keys
 * without the tenant.
 */
const withoutTenant = new Set(["directory", "worker_process"]);

interface Table {
  name: string;
  parts: string[];
}

/**
 * Complaints about the SQL of the migrations: every tenant table is protected, its keys lead with
 * tenant_id, and the directory points at nothing.
 */
export function schemaComplaints(sql: string): string[] {
  const text = sql.replace(/--.*$/gm, "");
  const tables = [...tablesOf(text), ...alteredTablesOf(text)];
  const ofTenants = tables.filter(({ name }) => !withoutTenant.has(name));
  const directory = tables.filter(({ name }) => name === "directory");
  return [...unprotected(text), ...ofTenants.flatMap(wrongKeys), ...directory.flatMap(foreignKeys), ...wrongIndexes(text)];
}

function unprotected(text: string): string[] {
  return tablesOf(text)
    .filter(({ name }) => !withoutTenant.has(name))
    .filter(({ name }) => !new RegExp(`call protect_tenant_table\\('${name}'\\)`).test(text))
    .map(({ name }) => `table ${name} has no row-level security: call protect_tenant_table('${name}')`);
}

function wrongKeys({ name, parts }: Table): string[] {
  return parts.flatMap((part) => {
    const wrong = [`table ${name}: "${part}" does not lead with tenant_id`];
    const key = /(?:^|\s)(?:primary key|unique|foreign key)\s*(?:nulls not distinct\s*)?\(([^)]*)\)/.exec(part);
    if (key) return /^tenant_id\b/.test(key[1]?.trim() ?? "") ? [] : wrong;
    if (/^(constraint \w+ )?exclude\b/.test(part)) return /\(\s*tenant_id with =/.test(part) ? [] : wrong;
    const isColumnKey = /\b(primary key|unique|references)\b/.test(part);
    return isColumnKey && !part.startsWith("tenant_id ") ? wrong : [];
  });
}

/** The directory may lie on another server than the tenants. */
function foreignKeys({ name, parts }: Table): string[] {
  return parts.filter((part) => /\b(references|foreign key)\b/.test(part)).map((part) => `table ${name}: "${part}" is a foreign key`);
}

function wrongIndexes(text: string): string[] {
  return [...text.matchAll(/create unique index (?:\w+ )?on (\w+)[^(]*\(([^)]*)\)/g)]
    .filter(([, table = "", columns = ""]) => !withoutTenant.has(table) && !/^\s*tenant_id\b/.test(columns))
    .map(([whole]) => `"${whole}" does not lead with tenant_id`);
}

function tablesOf(text: string): Table[] {
  return [...text.matchAll(/create table (?:if not exists )?(\w+)\s*\(/g)].map((match) => ({
    name: match[1] ?? "",
    parts: partsOf(text, (match.index ?? 0) + match[0].length),
  }));
}

function alteredTablesOf(text: string): Table[] {
  return [...text.matchAll(/alter table (\w+) add ([^;]*);/g)].map(([, name = "", part = ""]) => ({
    name,
    parts: [part.replace(/^column /, "")],
  }));
}

/** The comma-separated parts of a parenthesis that opened just before `from`. */
function partsOf(text: string, from: number): string[] {
  const parts: string[] = [];
  let depth = 1;
  let current = "";
  for (let index = from; index < text.length && depth > 0; index += 1) {
    const sign = text[index] ?? "";
    if (sign === "(") depth += 1;
    if (sign === ")") depth -= 1;
    if (depth === 0 || (depth === 1 && sign === ",")) {
      parts.push(current.trim().replace(/\s+/g, " "));
      current = "";
    } else current += sign;
  }
  return parts;
}
