import { openApiDocument } from "#contracts/openapi.ts";
import type { documentOperations } from "#contracts/operations/documents.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { env } from "#platform/env.ts";
import { docsPage } from "./docs-page.ts";
import type { HandlersOf } from "./route.ts";

const document = () => openApiDocument({ serverUrl: env().APP_URL, changesAllowed: env().RATE_LIMIT_CHANGES, now: databaseNow() });

/** The contract, for programs and for people. */
export const documentHandlers: HandlersOf<typeof documentOperations> = {
  getOpenApi: async () => document(),
  getDocs: async ({ c }) => c.html(docsPage(document())),
};
