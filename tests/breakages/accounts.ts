import type { Breakage } from "./breakage.ts";

/** People's accounts and teams. */
export const accounts: Breakage[] = [
  {
    guarantee: "an authenticator's code is accepted once",
    file: "src/commands/accounts/second-factor.ts",
    find: "coalesce(last_step, 0) < ${step}",
    replace: "coalesce(last_step, 0) <= ${step}",
    noticedBy: ["tests/http/accounts/two-factor.test.ts"],
  },
  {
    guarantee: "many addresses together have no more tries on an account than one",
    file: "src/http/accounts/attempts.ts",
    find: 'limiter("signInsOfAccount")\n    .consume(keyFor(account))',
    replace: 'limiter("signInsOfAccount")\n    .consume(keyFor(`${account}${keyOf(c)}`))',
    noticedBy: ["tests/http/accounts/sign-in.test.ts"],
  },
  {
    guarantee: "an address with an account gets no link for a new one",
    file: "src/commands/accounts/take-mail.ts",
    find: 'if (owner) return { says: "existing", url: page("/login") };\n      const',
    replace: "const",
    noticedBy: ["tests/http/accounts/register.test.ts"],
  },
  {
    guarantee: "a link for a password ends the others",
    file: "src/commands/accounts/recover.ts",
    find: '.where("value", "=", value).execute()',
    replace: '.where("value", "=", `${value} `).execute()',
    noticedBy: ["tests/http/accounts/sign-in.test.ts"],
  },
  {
    guarantee: "a new password ends the sessions of the old one",
    file: "src/commands/accounts/recover.ts",
    find: "  await endSessions(tx, { personId, keptSessionId });\n",
    replace: "",
    noticedBy: ["tests/http/accounts/sign-in.test.ts", "tests/http/accounts/own-account.test.ts"],
  },
  {
    guarantee: "nobody ends another person's session",
    file: "src/commands/accounts/own-sessions.ts",
    find: '    .where("user_id", "=", personId)\n    .where("id", "=", sessionId)',
    replace: '    .where("id", "=", sessionId)',
    noticedBy: ["tests/http/accounts/own-account.test.ts"],
  },
  {
    guarantee: "a passkey's answer is good once",
    file: "src/commands/accounts/passkeys.ts",
    find: "  return taken.numDeletedRows === 1n;",
    replace: "  return taken.numDeletedRows >= 0n;",
    noticedBy: ["tests/http/accounts/passkeys.test.ts"],
  },
  {
    guarantee: "an invitation is over after seven days",
    file: "src/commands/members/invite-member.ts",
    find: "const daysOpen = 7;",
    replace: "const daysOpen = 70;",
    noticedBy: ["tests/http/accounts/members.test.ts"],
  },
  {
    guarantee: "nobody manages members above themselves",
    file: "src/domain/roles.ts",
    find: 'admin: ["admin", "staff"],',
    replace: 'admin: ["owner", "admin", "staff"],',
    noticedBy: ["tests/http/accounts/members.test.ts"],
  },
  {
    guarantee: "a merchant keeps an owner",
    file: "src/commands/members/require-member.ts",
    find: "    .forUpdate()\n",
    replace: "",
    noticedBy: ["tests/http/accounts/members.test.ts"],
  },
  {
    guarantee: "each operation asks the role",
    file: "src/http/merchant-callers.ts",
    find: 'if (!caller.permissions.includes(permission)) throw new Refusal("forbidden");',
    replace: "",
    noticedBy: ["tests/http/roles.test.ts"],
  },
  {
    guarantee: "the link of a registration is over after its time",
    file: "db/functions/accounts/take_registration.sql",
    find: "    where identifier = proof and expires_at > now()\n",
    replace: "    where identifier = proof\n",
    noticedBy: ["tests/http/accounts/register.test.ts"],
  },
];
