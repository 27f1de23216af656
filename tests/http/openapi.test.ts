import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { refusals } from "../../src/contracts/problem.ts";
import { createHttpApp } from "../../src/http/app.ts";
import { startWorld, type World } from "../support/world.ts";
import { ask } from "./request.ts";

type Parameter = { name: string; in: string; required: boolean; description: string; schema: object };
type Content = Record<string, { schema: object }>;
type Operation = {
  summary: string;
  parameters: Parameter[];
  requestBody?: { required: boolean; content: Content };
  responses: Record<string, { description: string; content?: Content }>;
};
type Document = {
  openapi: string;
  info: { title: string; version: string };
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
};

let world: World;
let document: Document;
let operations: { path: string; method: string; operation: Operation }[];
beforeAll(async () => {
  world = await startWorld({ worker: false });
  document = (await ask(world, "/api/openapi.json")).body as Document;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
});
afterAll(() => world.stop());

/** Every `$ref` that stands anywhere in it. */
function references(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === "$ref" && typeof inner === "string" ? [inner] : references(inner)));
}

describe("/api/openapi.json", () => {
  test("is OpenAPI 3.1 with a title, a version and this server's address", () => {
    expect(document).toMatchObject({
      openapi: expect.stringMatching(/^3\.1\.\d$/),
      info: { title: "Konfirmado", version: "1" },
      servers: [{ url: world.appUrl }],
    });
  });

  test("every operation has a summary, and every answer a description", () => {
    expect(operations.length).toBeGreaterThan(10);
    for (const { path, method, operation } of operations) {
      const name = `${method} ${path}`;
      expect(["get", "post", "delete"], name).toContain(method);
      expect(operation.summary, name).toMatch(/\S/);
      expect(Object.keys(operation.responses).length, name).toBeGreaterThan(0);
      for (const [status, response] of Object.entries(operation.responses)) {
        expect(status, name).toMatch(/^[1-5]\d\d$/);
        expect(response.description, name).toMatch(/\S/);
        for (const { schema } of Object.values(response.content ?? {})) expect(schema, name).toBeTypeOf("object");
      }
    }
  });

  test("the parameters in a path are those that are described, and they are required", () => {
    for (const { path, operation } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect(
        operation.parameters.filter((parameter) => parameter.in === "path").map((parameter) => parameter.name),
        path,
      ).toEqual(inPath);
      const names = operation.parameters.map((parameter) => `${parameter.in} ${parameter.name}`);
      expect(new Set(names).size, path).toBe(names.length);
      for (const parameter of operation.parameters) {
        expect(["path", "query", "header"]).toContain(parameter.in);
        expect(parameter.description).toMatch(/\S/);
        expect(parameter.schema).toBeTypeOf("object");
        if (parameter.in === "path") expect(parameter.required).toBe(true);
      }
    }
  });

  test("every reference leads somewhere", () => {
    expect(references(document).length).toBeGreaterThan(0);
    for (const reference of new Set(references(document))) {
      const target = reference
        .replace(/^#\//, "")
        .split("/")
        .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);
      expect(target, reference).toBeTypeOf("object");
    }
  });

  test("every refusal it names exists, under its own status, as a problem", () => {
    for (const { path, operation } of operations)
      for (const [status, response] of Object.entries(operation.responses)) {
        if (Number(status) < 400) continue;
        expect(Object.keys(response.content ?? {}), path).toEqual(["application/problem+json"]);
        for (const part of response.description.split("; ")) {
          const code = part.split(":")[0] ?? "";
          expect(Object.entries(refusals).find(([name]) => name === code)?.[1].status, `${path} ${code}`).toBe(Number(status));
        }
      }
  });

  test("lists every route that the app has, and no other", () => {
    const routes = createHttpApp({ runDueJobs: async () => {} })
      .routes.filter(({ method }) => method !== "ALL")
      .map(({ method, path }) => `${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, "{$1}")}`);
    expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([...new Set(routes)].sort());
  });
});

describe("/api/docs", () => {
  test("is a page without any script that names every path and every code", async () => {
    const answer = await ask(world, "/api/docs");
    expect(answer.headers.get("content-type")).toContain("text/html");
    expect(answer.text).not.toMatch(/<script|javascript:|\son\w+=/i);
    for (const path of Object.keys(document.paths)) expect(answer.text).toContain(`<code>${path}</code>`);
    for (const code of Object.keys(refusals)) expect(answer.text).toContain(`id="${code}"`);
  });
});
