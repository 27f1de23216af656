import { expect, test } from "vitest";
import { simulatorEscapes, wrongArrows } from "./arrows.ts";
import { codeUnder } from "./source.ts";

test("every import in src follows the arrows of the design", () => {
  expect(wrongArrows(codeUnder("src"))).toEqual([]);
});

test("the simulators import nothing from the rest of the project", () => {
  expect(simulatorEscapes(codeUnder("simulators"))).toEqual([]);
});

test.each([
  ["a domain file that imports a platform file", "src/domain/money.ts", 'import { env } from "../platform/env.ts";'],
  ["a domain file that imports Node", "src/domain/money.ts", 'import { readFileSync } from "node:fs";'],
  ["a contract that imports a package other than zod", "src/contracts/checkout.ts", 'import { Hono } from "hono";'],
  ["a provider that imports a command", "src/providers/payments/wompi.ts", 'import { settle } from "../../commands/payments/settle.ts";'],
  ["a query that imports a provider", "src/queries/catalog.ts", 'import { wompi } from "../providers/payments/wompi.ts";'],
  ["a command that imports a job", "src/commands/log-event.ts", 'import { jobs } from "../jobs/registry.ts";'],
  ["a type-only import", "src/commands/log-event.ts", 'import type { Job } from "../jobs/registry.ts";'],
  ["a dynamic import", "src/commands/log-event.ts", 'const jobs = await import("../jobs/registry.ts");'],
  ["a re-export", "src/commands/log-event.ts", 'export * from "../jobs/registry.ts";'],
  ["a page that imports the database", "src/app/page.tsx", 'import { appDb } from "../platform/db.ts";'],
  ["a page that imports a provider", "src/app/page.tsx", 'import { wompi } from "../providers/payments/wompi.ts";'],
  ["a route that imports the database's driver", "src/http/health.ts", 'import pg from "pg";'],
  ["a route that imports the database", "src/http/health.ts", 'import { appDb } from "../platform/db.ts";'],
  ["a job that imports a route", "src/jobs/registry.ts", 'import { routes } from "../http/routes.ts";'],
  ["anything that imports a page", "src/ui/card.tsx", 'import Page from "../app/page.tsx";'],
  ["the product importing a simulator", "src/server.ts", 'import { demoPort } from "../simulators/demo-config.ts";'],
])("%s is found", (_name, path, text) => {
  expect(wrongArrows([{ path, text }])).toHaveLength(1);
});

test("a composition point may import routes and jobs, another page may not", () => {
  const text = 'import { routes } from "../../../http/routes.ts";';
  expect(wrongArrows([{ path: "src/app/api/[[...path]]/route.ts", text }])).toEqual([]);
  expect(wrongArrows([{ path: "src/app/api/[other]/route.ts", text }])).toHaveLength(1);
});

test("a simulator that imports the product is found", () => {
  expect(simulatorEscapes([{ path: "simulators/main.ts", text: 'import { env } from "../src/platform/env.ts";' }])).toHaveLength(1);
});
