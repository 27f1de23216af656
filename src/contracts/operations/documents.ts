import { z } from "zod";
import type { Operation } from "./operation.ts";

const forAnyone = { methods: ["get"], tag: "documents", callers: ["anyone"], limit: "none" } as const;

/** The contract itself. */
export const documentOperations = [
  {
    ...forAnyone,
    id: "getOpenApi",
    path: "/api/openapi.json",
    summary: "This document",
    answer: { status: 200, shape: z.looseObject({ openapi: z.string() }), description: "OpenAPI 3.1." },
  },
  {
    ...forAnyone,
    id: "getDocs",
    path: "/api/docs",
    summary: "This document for people",
    answer: { status: 200, contentType: "text/html", description: "A page without scripts." },
  },
] as const satisfies readonly Operation[];
