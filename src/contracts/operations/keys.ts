import { z } from "zod";
import { apiKeyAnswer, madeApiKey, newApiKey } from "../merchant/keys.ts";
import { described, json, merchantChange, merchantRead, type Operation } from "./operation.ts";

/** A stolen key must not make others: only people manage keys. */
const byPeople = { tag: "account", callers: ["member"] } as const;

const example = {
  id: "0199c0de-0000-7000-8000-00000000000b",
  name: "Página web",
  shown: "kf_q7Wm0",
  permissions: ["services.read", "links.read", "links.change"] as ("services.read" | "links.read" | "links.change")[],
  createdBy: "Laura Restrepo",
  createdAt: "2026-11-20T09:00:00.000Z",
  lastUsedAt: "2026-11-21T15:03:27.000Z",
  revokedAt: null,
};

export const keyOperations = [
  {
    ...merchantRead,
    ...byPeople,
    id: "listApiKeys",
    path: "/api/api-keys",
    summary: "The merchant's API keys",
    permission: "api_keys.read",
    answer: json(200, z.object({ keys: z.array(apiKeyAnswer) }), "At most 200: living ones first, then the newest.", { keys: [example] }),
  },
  {
    ...merchantChange,
    ...byPeople,
    id: "createApiKey",
    methods: ["post"],
    path: "/api/api-keys",
    summary: "Make an API key with a name and only the permissions that its program needs",
    permission: "api_keys.change",
    takesKey: "beside_proof",
    body: newApiKey,
    bodyExamples: { reading: { name: example.name, permissions: example.permissions } },
    answer: json(201, madeApiKey, "`key` is shown this once and stored nowhere. A repeat with the same Idempotency-Key has null there.", {
      ...example,
      lastUsedAt: null,
      key: "kf_q7Wm0s3vYp1Zc5Xb8Nd2Lf4Kj6Hg9TrE",
    }),
    refusals: ["too_many_api_keys"],
  },
  {
    ...merchantChange,
    ...byPeople,
    id: "revokeApiKey",
    methods: ["delete"],
    path: "/api/api-keys/{id}",
    summary: "Revoke an API key",
    permission: "api_keys.change",
    params: described(z.object({ id: z.uuid() }), { id: "The key's id." }, "api_key_unknown"),
    answer: { status: 204, description: "From now on it opens nothing. It cannot be brought back." },
  },
] as const satisfies readonly Operation[];
