import type { Breakage } from "./breakage.ts";

/** Tokens that nobody can guess, and logs that tell nobody's number. */
export const secrets: Breakage[] = [
  {
    guarantee: "no two secrets share random bytes",
    file: "src/platform/ids.ts",
    find: "  used += length;\n",
    replace: "  used += length - 8;\n",
    noticedBy: ["tests/unit/platform-ids.test.ts"],
  },
  {
    guarantee: "all 192 bits of a token are random",
    file: "src/platform/ids.ts",
    find: 'randomBytes(24).toString("base64url")',
    replace: 'Buffer.alloc(24, randomBytes(12)).toString("base64url")',
    noticedBy: ["tests/unit/platform-ids.test.ts"],
  },
  {
    guarantee: "the pool of random bytes is filled again before it runs dry",
    file: "src/platform/ids.ts",
    find: "    randomFillSync(drawn);\n",
    replace: "    if (used === drawn.length) randomFillSync(drawn);\n",
    noticedBy: ["tests/unit/platform-ids.test.ts"],
  },
  {
    guarantee: "a phone number without its country is hidden in logs",
    file: "src/platform/log-redaction.ts",
    find: "      .replaceAll(nationalPhone, censor)\n",
    replace: "",
    noticedBy: ["tests/unit/platform-hardening-logs.test.ts"],
  },
  {
    guarantee: "a phone number with its country and spaces is hidden in logs",
    file: "src/platform/log-redaction.ts",
    find: "[1-9][\\d\\s()./-]{6,}",
    replace: "[1-9][\\d()./-]{6,}",
    noticedBy: ["tests/unit/platform-hardening-logs.test.ts"],
  },
  {
    guarantee: "ids and network addresses stay readable in logs",
    file: "src/platform/log-redaction.ts",
    find: "(?<![\\w.-])(?:(?:57)?3",
    replace: "(?:(?:57)?3",
    noticedBy: ["tests/unit/platform-hardening-logs.test.ts"],
  },
  {
    guarantee: "a stored webhook holds no card and no personal data",
    file: "src/commands/inbox/receive-webhook.ts",
    find: "body: definition.scrub(text)",
    replace: "body: text",
    noticedBy: ["tests/abuse/webhook-privacy.test.ts"],
  },
  {
    guarantee: "the inbox keeps no identity number of a customer",
    file: "src/providers/payments/wompi/api.ts",
    find: '  "user_legal_id",\n',
    replace: "",
    noticedBy: ["tests/abuse/webhook-privacy.test.ts"],
  },
  {
    guarantee: "the inbox keeps no secret header of a webhook",
    file: "src/commands/inbox/receive-webhook.ts",
    find: '["content-type", "user-agent"]',
    replace: '["content-type", "user-agent", "authorization"]',
    noticedBy: ["tests/abuse/webhook-privacy.test.ts"],
  },
];
