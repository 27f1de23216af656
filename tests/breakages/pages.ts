import type { Breakage } from "./breakage.ts";

/** What browsers are told to allow, and what strangers may say to us. */
export const pages: Breakage[] = [
  {
    guarantee: "pages forbid a base element",
    file: "src/proxy.ts",
    find: "    \"base-uri 'none'\",\n",
    replace: "",
    noticedBy: ["tests/http/page-policy.test.ts"],
  },
  {
    guarantee: "pages may talk to this server only",
    file: "src/proxy.ts",
    find: "\"connect-src 'self'\"",
    replace: "\"connect-src 'self' https:\"",
    noticedBy: ["tests/http/page-policy.test.ts"],
  },
  {
    guarantee: "the policy of pages is the whole one that was agreed",
    file: "src/proxy.ts",
    find: " 'strict-dynamic'",
    replace: "",
    noticedBy: ["tests/http/page-policy.test.ts"],
  },
  {
    guarantee: "each page has a nonce of its own",
    file: "src/proxy.ts",
    find: "crypto.randomUUID()",
    replace: '"00000000-0000-4000-8000-000000000000"',
    noticedBy: ["tests/http/page-policy.test.ts"],
  },
  {
    guarantee: "nobody outside can send the header that chooses the language",
    file: "src/proxy.ts",
    find: '  else headers.delete("x-locale");\n',
    replace: "",
    noticedBy: ["tests/http/page-policy.test.ts"],
  },
];
