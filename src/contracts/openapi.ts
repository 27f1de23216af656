import { z } from "zod";
import { checkoutOperations } from "./openapi-checkout.ts";
import { operatorOperations } from "./openapi-operator.ts";
import { problem, type RefusalCode, refusals } from "./problem.ts";

export type Parameter = { name: string; in: "query" | "path" | "header"; required: boolean; description: string };
export const tags = {
  checkout: "The walk of a customer: options, slots, hold, booking, payment, state.",
  providers: "What payment providers call.",
  operator: "What whoever runs an installation calls.",
  health: "What balancers and monitors call.",
  documents: "This contract.",
} as const;
export type Operation = {
  method: "get" | "post" | "delete";
  path: string;
  /** `operationId`: what generated clients call it. Stable, like the path. */
  id: string;
  tag: keyof typeof tags;
  summary: string;
  parameters?: Parameter[];
  body?: z.ZodType;
  /** By name, so that a request with several shapes shows each. */
  bodyExamples?: Record<string, object>;
  answer?: { status: number; shape?: z.ZodType; contentType?: string; description: string; example?: object | string };
  refusals: RefusalCode[];
};
export type OpenApiDocument = ReturnType<typeof openApiDocument>;

/** OpenAPI 3.1, made from the same shapes that the routes parse with. */
export function openApiDocument(serverUrl: string) {
  const paths: Record<string, Record<string, ReturnType<typeof toOpenApi>>> = {};
  for (const operation of [...checkoutOperations, ...operatorOperations])
    paths[operation.path] = { ...paths[operation.path], [operation.method]: toOpenApi(operation) };
  return {
    openapi: "3.1.0",
    info: {
      title: "Konfirmado",
      version: "1",
      description: "Pay-first booking. Times are ISO 8601 in UTC; amounts are integer minor units (cents) of the currency beside them.",
    },
    servers: [{ url: serverUrl }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    components: { schemas: { Problem: z.toJSONSchema(problem, { io: "output" }) } },
  };
}

function toOpenApi(operation: Operation) {
  const { answer, body } = operation;
  const responses: Record<string, { description: string; content?: Record<string, { schema: unknown; example?: unknown }> }> = {};
  if (answer) {
    const type = answer.contentType ?? "application/json";
    const hasBody = answer.status === 200 || answer.status === 201;
    const schema = answer.shape ? z.toJSONSchema(answer.shape, { io: "output" }) : { type: "string" };
    responses[answer.status] = {
      description: answer.description,
      ...(hasBody ? { content: { [type]: { schema, ...(answer.example === undefined ? {} : { example: answer.example }) } } } : {}),
    };
  }
  for (const code of operation.refusals) {
    const { status, title } = refusals[code];
    const known = responses[status];
    const description = known ? `${known.description}; ${code}: ${title}` : `${code}: ${title}`;
    responses[status] = {
      description,
      content: known?.content ?? { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
    };
  }
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    parameters: (operation.parameters ?? []).map((parameter) => ({ ...parameter, schema: { type: "string" } })),
    ...(body ? { requestBody: { required: true, content: { "application/json": requestOf(body, operation.bodyExamples) } } } : {}),
    responses,
  };
}

function requestOf(body: z.ZodType, examples: Operation["bodyExamples"]) {
  const schema = z.toJSONSchema(body, { io: "input" });
  if (!examples) return { schema };
  return { schema, examples: Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])) };
}
