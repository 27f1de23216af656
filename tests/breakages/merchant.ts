import type { Breakage } from "./breakage.ts";

const connections = "tests/http/payments/connections.test.ts";
const keys = "tests/http/keys.test.ts";
const csv = "tests/unit/desk/http-csv.test.ts";
const audit = "tests/http/audit.test.ts";

/** What merchants set up: connections, keys, and the log of who did what. */
export const merchant: Breakage[] = [
  {
    guarantee: "new payment keys never take customers over silently",
    file: "src/http/merchant/payments.ts",
    find: ", isActiveIfAlone: true",
    replace: "",
    noticedBy: [connections],
  },
  {
    guarantee: "an activation takes over from the other connection of the provider",
    file: "src/commands/connections/activate-connection.ts",
    find: "    if (others.length > 0) await setActive(others, false);\n",
    replace: "",
    noticedBy: [connections],
  },
  {
    guarantee: "two activations at once leave one connection active",
    file: "src/commands/connections/lock-others.ts",
    find: ".forNoKeyUpdate()",
    replace: "",
    noticedBy: [connections],
  },
  {
    guarantee: "a stale page overwrites no newer payment keys",
    file: "src/commands/connections/update-connection.ts",
    find: "version !== undefined && version !== before.version",
    replace: "version === 0",
    noticedBy: [connections],
  },
  {
    guarantee: "an event proves only the secrets that were there when it came",
    file: "src/queries/merchant/payment-connections.ts",
    find: "coalesce(last_event.received_at >= c.credentials_changed_at, false)",
    replace: "(last_event.received_at is not null)",
    noticedBy: [connections],
  },
  {
    guarantee: "the log of changes masks payment keys",
    file: "src/commands/changes.ts",
    find: 'new Set(["credentials", ',
    replace: "new Set([",
    noticedBy: [connections],
  },
  {
    guarantee: "no read tells a payment secret",
    file: "src/commands/connections/list-connections.ts",
    find: "  if (!isSecret) return value;\n",
    replace: "  if (!isSecret || value) return value;\n",
    noticedBy: ["tests/http/payments/secrets.test.ts"],
  },
  {
    guarantee: "a test that the provider does not answer proves nothing",
    file: "src/commands/connections/test-connection.ts",
    find: "    if (error instanceof ProviderFailure) return null;\n",
    replace: "",
    noticedBy: ["tests/http/payments/testing.test.ts"],
  },
  {
    guarantee: "nobody gives an API key more than they may do themselves",
    file: "src/commands/api-keys/create-api-key.ts",
    find: "!caller.permissions.includes(permission)",
    replace: "!permission",
    noticedBy: [keys],
  },
  {
    guarantee: "a revoked API key opens nothing",
    file: "src/queries/members.ts",
    find: '      .where("revoked_at", "is", null)\n',
    replace: "",
    noticedBy: [keys],
  },
  {
    guarantee: "an API key is kept nowhere, not even for a repeat of the request",
    file: "src/http/merchant/keys.ts",
    find: "return { id: made.id };",
    replace: "return made;",
    noticedBy: [keys],
  },
  {
    guarantee: "living API keys are counted one after the other",
    file: "src/commands/api-keys/create-api-key.ts",
    find: ".forNoKeyUpdate()",
    replace: "",
    noticedBy: [keys],
  },
  {
    guarantee: "no cell of an exported file is a formula",
    file: "src/http/merchant/csv.ts",
    find: '.replace(formula, "\'")',
    replace: "",
    noticedBy: [csv],
  },
  {
    guarantee: "no cell becomes a formula where a spreadsheet splits at semicolons",
    file: "src/http/merchant/csv.ts",
    find: '.replaceAll(laterFormula, "$1\'")',
    replace: "",
    noticedBy: [csv],
  },
  {
    guarantee: "the pages of the log have no gap and no repeat",
    file: "src/queries/merchant/audit.ts",
    find: "(created_at, id) < (",
    replace: "(created_at, id) <= (",
    noticedBy: [audit],
  },
  {
    guarantee: "the address of a callback in the log has no query, which may hold a secret",
    file: "src/queries/merchant/audit.ts",
    find: "split_part(a.url, '?', 1)",
    replace: "a.url",
    noticedBy: [audit],
  },
];
