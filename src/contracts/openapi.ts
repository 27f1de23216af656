import { z } from "zod";
import { callbacks, securityOf, securitySchemes } from "./openapi-security.ts";
import { exampleStart, idExamples, parameterExamples } from "./operations/examples.ts";
import { operations } from "./operations/index.ts";
import { limitWords } from "./operations/limits.ts";
import { callerWords, type Method, type Operation, type Parameters, tags } from "./operations/operation.ts";
import { refusalsOf } from "./operations/refusals.ts";
import { problem, refusals } from "./problem.ts";

/** `now` is in milliseconds since the epoch: the examples' times are after it. */
type Installation = { serverUrl: string; changesAllowed: number; now: number };
export type OpenApiDocument = ReturnType<typeof openApiDocument>;

/** OpenAPI 3.1, made from the same operations as the routes. */
export function openApiDocument({ serverUrl, changesAllowed, now }: Installation) {
  const paths: Record<string, Partial<Record<Method, ReturnType<typeof toOpenApi>>>> = {};
  const listed: readonly Operation[] = operations;
  for (const operation of listed)
    for (const method of operation.methods)
      paths[operation.path] = { ...paths[operation.path], [method]: toOpenApi(operation, method, changesAllowed) };
  return inTheFuture(now, {
    openapi: "3.1.0",
    info: {
      title: "Konfirmado",
      version: "1",
      license: { name: "MIT", identifier: "MIT" },
      description:
        "Pay-first booking. Times are ISO 8601 in UTC; amounts are integer minor units of the currency beside them, by ISO 4217: cents of EUR, whole pesos of CLP.",
    },
    servers: [{ url: serverUrl }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    webhooks: callbacks,
    components: { schemas: { Problem: z.toJSONSchema(problem, { io: "output" }) }, securitySchemes },
  });
}

const weekMs = 7 * 86_400_000;

/** Moves every instant of the examples by the same weeks, so that what is held is still to come. */
function inTheFuture<Document extends object>(now: number, document: Document): Document {
  const weeks = Math.ceil((now + 2 * 86_400_000 - Date.parse(exampleStart)) / weekMs);
  const instant = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
  const moved = JSON.stringify(document).replaceAll(instant, (text) => new Date(Date.parse(text) + weeks * weekMs).toISOString());
  return JSON.parse(moved) as Document;
}

function toOpenApi(operation: Operation, method: Method, changesAllowed: number) {
  return {
    // If an address takes both methods, POST has the plain name.
    operationId: method === "get" && operation.methods.length > 1 ? `${operation.id}ByGet` : operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    description: `${callWords(operation)} ${limitWords(operation.limit, changesAllowed)}`,
    security: securityOf(operation),
    parameters: [
      ...parametersIn("path", operation.params, operation.path),
      ...parametersIn("query", operation.query, operation.path),
      ...headersOf(operation),
    ],
    ...requestBodyOf(operation),
    responses: responsesOf(operation),
  };
}

function callWords({ callers, isSameSite }: Operation): string {
  const who = callers.map((caller) => callerWords[caller]).join("; or ");
  return `May be called by ${who}.${isSameSite ? " A browser may call it only from a page of this site." : ""}`;
}

type Parameter = {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  description: string;
  schema: object;
  example?: string;
};

function parametersIn(place: "path" | "query", parameters: Parameters | undefined, path: string): Parameter[] {
  if (!parameters) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(parameters.shape, { io: "input" });
  return Object.entries(parameters.words).map(([name, description]) => ({
    name,
    in: place,
    required: required.includes(name),
    description,
    schema: Object(properties[name]),
    ...exampleOf(name, path),
  }));
}

function exampleOf(name: string, path: string): { example?: string } {
  const own = name === "id" ? Object.entries(idExamples).find(([beginning]) => path.startsWith(beginning))?.[1] : undefined;
  const example = own ?? parameterExamples[name];
  return example === undefined ? {} : { example };
}

const text = { type: "string" };
const session =
  "A program's session, as POST /api/holds gave it; any other is nobody's. A browser has an HttpOnly cookie instead. What was made with the one cannot be seen or changed with the other.";
const key =
  "1 to 255 characters. For 24 hours a repeat with the same key and body gets the same answer, and two requests at once have one effect. Refusals are not kept. A key belongs to the token or the session that comes with it. Without both, it belongs to the caller's address and alone proves who the customer is. It must then have at least 16 characters and be hard to guess, like a UUID.";

const visit =
  "A UUID that the page of a visitor draws for one visit. Lets the merchant see at which step visits end; without it nothing is counted, and the answer is the same.";

function headersOf({ takesSession, takesKey, takesVisit }: Operation): Parameter[] {
  const header = (name: string, description: string): Parameter => ({ name, in: "header", required: false, description, schema: text });
  return [
    ...(takesSession ? [header("X-Checkout-Session", session)] : []),
    ...(takesKey ? [header("Idempotency-Key", key)] : []),
    ...(takesVisit ? [header("X-Visit", visit)] : []),
  ];
}

type Response = { description: string; content?: Record<string, { schema: unknown; example?: unknown }> };

function responsesOf(operation: Operation): Record<string, Response> {
  const { answer } = operation;
  const responses: Record<string, Response> = { [answer.status]: responseOf(answer) };
  if ("unless" in answer && answer.unless)
    responses[answer.unless.status] = { ...responseOf({ ...answer, example: undefined }), description: answer.unless.description };
  for (const code of refusalsOf(operation)) {
    const { status, title } = refusals[code];
    const known = responses[status];
    responses[status] = {
      description: known ? `${known.description}; ${code}: ${title}` : `${code}: ${title}`,
      content: known?.content ?? { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
    };
  }
  return responses;
}

function responseOf(answer: Operation["answer"]): Response {
  const { description } = answer;
  if ("shape" in answer) return contentOf("application/json", description, z.toJSONSchema(answer.shape, { io: "output" }), answer.example);
  return "contentType" in answer ? contentOf(answer.contentType, description, text, answer.example) : { description };
}

function contentOf(type: string, description: string, schema: object, example: object | string | undefined): Response {
  return { description, content: { [type]: example === undefined ? { schema } : { schema, example } } };
}

type RequestContent = { schema: object; examples?: Record<string, { value: object }> };
type RequestBody = { required: true; content: Record<string, RequestContent> };

function requestBodyOf({ body, bodyExamples, upload }: Operation): { requestBody?: RequestBody } {
  if (body) return { requestBody: { required: true, content: { "application/json": requestOf(body, bodyExamples) } } };
  if (!upload) return {};
  // A file has no schema: https://spec.openapis.org/oas/v3.1.0#considerations-for-file-uploads
  return { requestBody: { required: true, content: Object.fromEntries(upload.types.map((type) => [type, { schema: {} }])) } };
}

function requestOf(body: z.ZodType, examples: Operation["bodyExamples"]): RequestContent {
  const schema = z.toJSONSchema(body, { io: "input" });
  if (!examples) return { schema };
  return { schema, examples: Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])) };
}
