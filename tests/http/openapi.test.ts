import { beforeAll, describe, expect, test } from "vitest";
import { operations as listed } from "#contracts/operations/index.ts";
import { type Operation as Listed, tags } from "#contracts/operations/operation.ts";
import { refusals } from "#contracts/problem.ts";
import { type Api, createHttpApp } from "#http/app.ts";
import { env } from "#platform/env.ts";
import { prepareStage } from "../support/stage.ts";
import { ask, expectShape } from "./request.ts";

type Parameter = { name: string; in: string; required: boolean; description: string; schema: object };
type Content = Record<string, { schema: object; example?: unknown; examples?: Record<string, { value: unknown }> }>;
type Operation = {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  security?: object[];
  parameters: Parameter[];
  requestBody?: { required: boolean; content: Content };
  responses: Record<string, { description: string; content?: Content }>;
};
type Document = {
  openapi: string;
  info: { title: string; version: string };
  servers: { url: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
};

const stage = prepareStage({ worker: false });
let document: Document;
let operations: { path: string; method: string; operation: Operation }[];
beforeAll(async () => {
  document = (await ask(stage, "/api/openapi.json")).body as Document;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
});

/** The one answer beyond 400 that is no refusal: `{"ready": false}`, as balancers expect it. */
const notReady = "/readyz 503";

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
      servers: [{ url: stage.appUrl }],
    });
  });

  test("every operation has a summary, and every answer a description", () => {
    expect(operations.length).toBeGreaterThan(10);
    for (const { path, method, operation } of operations) {
      const name = `${method} ${path}`;
      expect(["get", "post", "put", "patch", "delete"], name).toContain(method);
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
        if (Number(status) < 400 || `${path} ${status}` === notReady) continue;
        expect(Object.keys(response.content ?? {}), path).toEqual(["application/problem+json"]);
        for (const part of response.description.split("; ")) {
          const code = part.split(":")[0] ?? "";
          expect(Object.entries(refusals).find(([name]) => name === code)?.[1].status, `${path} ${code}`).toBe(Number(status));
        }
      }
  });

  test("every operation has a name of its own that a program can use, and one of the tags that the document explains", () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z]+$/);
    expect(new Set(ids).size).toBe(ids.length);
    expect(document.tags).toEqual(Object.entries(tags).map(([name, description]) => ({ name, description })));
    for (const { path, operation } of operations) expect(operation.tags, path).toEqual([expect.toBeOneOf(Object.keys(tags))]);
  });

  test("every JSON body and answer has an example, and each is what its shape allows", () => {
    for (const { path, body, bodyExamples, answer } of listed as readonly Listed[]) {
      if (body) {
        expect(Object.keys(bodyExamples ?? {}), path).not.toEqual([]);
        for (const example of Object.values(bodyExamples ?? {})) expectShape(body, example);
      }
      if (!("shape" in answer) || path === "/api/openapi.json") continue;
      expect(answer.example, path).toBeTypeOf("object");
      expectShape(answer.shape, answer.example);
    }
    const held = document.paths["/api/holds"]?.["post"];
    expect(held?.responses["201"]?.content?.["application/json"]?.example).toMatchObject({ session: expect.any(String) });
    expect(Object.keys(document.paths["/api/bookings"]?.["post"]?.requestBody?.content["application/json"]?.examples ?? {})).toEqual([
      "withHold",
      "firstPayerWins",
    ]);
  });

  test("every creating POST takes an Idempotency-Key and names its refusals", () => {
    const creating = operations.filter(({ method, operation }) => method === "post" && "201" in operation.responses);
    expect(creating.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["/api/holds", "/api/bookings", "/api/bookings/{id}/payments", "/api/booking-links"]),
    );
    for (const { path, operation } of creating) {
      expect(
        operation.parameters.map(({ name }) => name),
        path,
      ).toContain("Idempotency-Key");
      expect(operation.responses["422"]?.description, path).toContain("idempotency_key_reused");
      expect(operation.responses["409"]?.description, path).toContain("idempotency_in_progress");
    }
  });

  /** What runs before every route. */
  const isForAll = ({ method, path }: { method: string; path: string }) => method === "ALL" && path === "/*";
  const routesOf = (app: Pick<Api, "routes">) =>
    app.routes
      .filter((route) => !isForAll(route))
      .map(({ method, path }) => `${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, "{$1}")}`)
      .sort();

  test("lists every route that the app has, and no other", () => {
    const described = operations.map(({ method, path }) => `${method} ${path}`).sort();
    const app = createHttpApp({ runDueJobs: async () => {} });
    expect(routesOf(app)).toEqual(described);
    // However it is added, a route beside the contract is seen.
    app.all("/api/beside", (c) => c.text("beside"));
    app.get("/api/holds", (c) => c.text("beside"));
    expect(routesOf(app).filter((route) => !described.includes(route))).toEqual(["all /api/beside", "get /api/holds"]);
  });

  test("says who may call, how often, and how the operator proves it", () => {
    const at = (path: string, method: string) => document.paths[path]?.[method];
    expect(at("/api/holds", "post")?.description).toBe(
      `May be called by a customer, known by their session. A browser may call it only from a page of this site. One address may ask ${env().RATE_LIMIT_CHANGES} times in 10 seconds, all changes together.`,
    );
    expect(at("/api/cron/work", "get")?.security).toEqual([{ operator: [] }]);
    expect(at("/metrics", "get")?.security).toEqual([{}, { operator: [] }]);
    const session = [{ sessionCookie: [] }, { sessionHeader: [] }];
    expect(at("/api/holds", "post")?.security).toEqual([{}, ...session]);
    expect(at("/api/holds/{id}", "delete")?.security).toEqual(session);
    expect(at("/api/bookings/{id}/payments", "post")?.security).toEqual([...session, { bookingToken: [] }]);
    expect(at("/api/bookings/{id}/status", "get")?.security).toEqual([{ bookingToken: [] }]);
    expect(at("/api/webhooks/{provider}", "post")?.security).toEqual([]);
  });
});

describe("/api/docs", () => {
  test("is a page without any script that names every path and every code", async () => {
    const answer = await ask(stage, "/api/docs");
    expect(answer.headers.get("content-type")).toContain("text/html");
    expect(answer.text).not.toMatch(/<script|javascript:|\son\w+=/i);
    for (const path of Object.keys(document.paths)) expect(answer.text).toContain(`<code>${path}</code>`);
    for (const code of Object.keys(refusals)) expect(answer.text).toContain(`id="${code}"`);
    for (const { operation } of operations) {
      expect(answer.text).toContain(`id="${operation.operationId}"`);
      expect(answer.text).toContain(`<p>${operation.description}</p>`);
    }
    expect(answer.text).toContain("Ana María Pérez");
  });
});
