import { expect, test } from "vitest";
import { schemaComplaints } from "./schema.ts";
import { pathsUnder, readProjectFile } from "./source.ts";

const good = `create table pet (
  tenant_id uuid not null references tenant on delete cascade, id uuid not null, owner_id uuid,
  primary key (tenant_id, id), unique (tenant_id, owner_id), foreign key (tenant_id, owner_id) references owner
);
call protect_tenant_table('pet');`;

test("every tenant table is protected, and its keys lead with tenant_id", () => {
  const sql = pathsUnder("db/migrations").sort().map(readProjectFile).join("\n");
  expect(sql).toContain("create table booking");
  expect(schemaComplaints(sql)).toEqual([]);
});

test("a good table is left alone", () => {
  expect(schemaComplaints(good)).toEqual([]);
});

test("the directory may have keys without the tenant", () => {
  expect(schemaComplaints("create table directory (kind text, key text, tenant_id uuid not null, primary key (kind, key));")).toEqual([]);
});

test.each([
  ["a table without a policy", good.replace(/call.*;/, "")],
  ["a policy that is only a comment", good.replace("call", "-- call")],
  ["a primary key without the tenant", good.replace("primary key (tenant_id, id)", "primary key (id)")],
  ["a unique key that leads with another column", good.replace("unique (tenant_id, owner_id)", "unique (owner_id, tenant_id)")],
  ["a unique column", good.replace("owner_id uuid,", "owner_id uuid unique,")],
  ["a foreign key without the tenant", good.replace("foreign key (tenant_id, owner_id)", "foreign key (owner_id)")],
  ["a column that references another table", good.replace("owner_id uuid,", "owner_id uuid references owner,")],
  ["a unique index", `${good} create unique index on pet (owner_id);`],
  ["a key that is added later", `${good} alter table pet add foreign key (owner_id) references owner;`],
  [
    "a unique column of tenant itself",
    "create table tenant (tenant_id uuid primary key, slug text unique); call protect_tenant_table('tenant');",
  ],
  ["a unique index on tenant itself", `${good} create unique index on tenant (slug);`],
  ["a foreign key of the directory", "create table directory (key text primary key, tenant_id uuid references tenant);"],
  ["a foreign key of the directory that is added later", `${good} alter table directory add foreign key (tenant_id) references tenant;`],
  ["an exclusion without the tenant", good.replace("unique (tenant_id, owner_id)", "exclude using gist (owner_id with =)")],
])("%s is found", (_name, sql) => {
  expect(schemaComplaints(sql)).toHaveLength(1);
});
