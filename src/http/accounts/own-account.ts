import type { Context } from "hono";
import { changeEmail, changeName } from "#commands/accounts/change-person.ts";
import { changePassword } from "#commands/accounts/own-password.ts";
import { chooseTenant, endOtherSessions, endSession } from "#commands/accounts/own-sessions.ts";
import { beginTwoFactor, confirmTwoFactor, endTwoFactor, renewRecoveryCodes } from "#commands/accounts/own-two-factor.ts";
import type { PersonCaller } from "#contracts/caller.ts";
import type { ownAccountOperations } from "#contracts/operations/accounts/own-account.ts";
import { listSessions, loadAccount } from "#queries/accounts/own-account.ts";
import type { HttpEnv } from "../requests.ts";
import type { HandlersOf } from "../route.ts";
import { countAttempt, countMail, forgiveAttempt } from "./attempts.ts";
import { localeOf, passCookies } from "./sign-in.ts";

/** What a person changes about themselves. */
export const ownAccountHandlers: HandlersOf<typeof ownAccountOperations> = {
  getAccount: ({ caller }) => loadAccount(caller.personId),

  async changeName({ caller, input: { body } }) {
    await changeName({ input: { personId: caller.personId, name: body.name } });
    return undefined;
  },

  async changeEmail({ caller, input: { body }, c }) {
    await attempt(c, caller, async () => {
      await countMail(c, caller.personId);
      await countMail(c, body.email);
      await changeEmail({ input: { ...body, personId: caller.personId, locale: localeOf(c) ?? "es" } });
    });
    return undefined;
  },

  async changePassword({ caller, input: { body }, c }) {
    await attempt(c, caller, () => changePassword({ input: { ...body, ...caller } }));
    return undefined;
  },

  async chooseTenant({ caller, input: { body } }) {
    await chooseTenant({ input: { ...caller, tenantId: body.tenantId } });
    return undefined;
  },

  listSessions: async ({ caller }) => ({ items: await listSessions(caller) }),

  async endSession({ caller, input: { params } }) {
    await endSession({ input: { personId: caller.personId, sessionId: params.id } });
    return undefined;
  },

  async endOtherSessions({ caller }) {
    await endOtherSessions({ input: caller });
    return undefined;
  },

  beginTwoFactor: ({ caller, input: { body }, c }) => attempt(c, caller, () => beginTwoFactor({ input: guarded(c, caller, body) })),

  async confirmTwoFactor({ caller, input: { body }, c }) {
    const work = () => confirmTwoFactor({ input: { personId: caller.personId, code: body.code, headers: c.req.raw.headers } });
    passCookies(c, (await attempt(c, caller, work)).cookies);
    return undefined;
  },

  async endTwoFactor({ caller, input: { body }, c }) {
    passCookies(c, (await attempt(c, caller, () => endTwoFactor({ input: guarded(c, caller, body) }))).cookies);
    return undefined;
  },

  renewRecoveryCodes: ({ caller, input: { body }, c }) => attempt(c, caller, () => renewRecoveryCodes({ input: guarded(c, caller, body) })),
};

function guarded(c: Context<HttpEnv>, { personId }: PersonCaller, { password }: { password: string }) {
  return { personId, password, headers: c.req.raw.headers };
}

/** Whoever has found an open session must not guess the password by it. */
async function attempt<T>(c: Context<HttpEnv>, { email }: PersonCaller, work: () => Promise<T>): Promise<T> {
  await countAttempt(c, email);
  const done = await work();
  await forgiveAttempt(c, email);
  return done;
}
