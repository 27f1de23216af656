import { Hono } from "hono";
import { openApiDocument } from "#contracts/openapi.ts";
import { env } from "#platform/env.ts";
import { docsPage } from "./docs-page.ts";
import type { HttpEnv } from "./requests.ts";

/** The contract, for programs and for people. */
export const docs = new Hono<HttpEnv>();

docs.get("/openapi.json", (c) => c.json(openApiDocument(env().APP_URL)));
docs.get("/docs", (c) => c.html(docsPage(openApiDocument(env().APP_URL))));
