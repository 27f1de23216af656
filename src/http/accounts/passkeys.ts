import { beginPasskey, beginPasskeySignIn, keepPasskey, removePasskey, signInWithPasskey } from "#commands/accounts/passkeys.ts";
import type { passkeyOperations } from "#contracts/operations/accounts/passkeys.ts";
import { listPasskeys } from "#queries/accounts/passkeys.ts";
import { originOf } from "../merchant-callers.ts";
import type { HandlersOf } from "../route.ts";
import { countAttempt, forgiveAttempt } from "./attempts.ts";
import { keepCookie } from "./sign-in.ts";

export const passkeyHandlers: HandlersOf<typeof passkeyOperations> = {
  beginPasskeySignIn: () => beginPasskeySignIn(),

  async signInWithPasskey({ input: { body }, c }) {
    const { cookie } = await signInWithPasskey({ input: { shown: body, origin: originOf(c) } });
    keepCookie(c, cookie);
    return undefined;
  },

  listPasskeys: async ({ caller }) => ({ items: await listPasskeys(caller.personId) }),

  async beginPasskey({ caller, input: { body }, c }) {
    await countAttempt(c, caller.email);
    const options = await beginPasskey({ input: { ...caller, password: body.password } });
    await forgiveAttempt(c, caller.email);
    return options;
  },

  keepPasskey: ({ caller, input: { body } }) => keepPasskey({ input: { personId: caller.personId, ...body } }),

  async removePasskey({ caller, input: { params } }) {
    await removePasskey({ input: { personId: caller.personId, id: params.id } });
    return undefined;
  },
};
