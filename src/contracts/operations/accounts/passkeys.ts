import { z } from "zod";
import { givenPassword, personName } from "#contracts/account.ts";
import { passkey, passkeyCreation, passkeyMade, passkeyOptions, passkeyShown } from "#contracts/passkey.ts";
import { described, json, type Operation } from "../operation.ts";

const own = { tag: "account", callers: ["person"], isSameSite: true, isPrivate: true } as const;
const byAnyone = { tag: "account", callers: ["anyone"], isSameSite: true, isPrivate: true, methods: ["post"], limit: "signIns" } as const;
const challenge = "mI3dmpk4TWaQ5u0B8b6f3A";
const id = "0199c0de-0000-7000-8000-00000000000e";
const credentialId = "c3Bpbm5pbmctd2hlZWw";
const shown = { id, name: "Mi teléfono", madeAt: "2026-11-21T15:10:00.000Z", usedAt: null };
const credential = { id: credentialId, rawId: credentialId, type: "public-key" };

/** A passkey is a thing that one has and a finger or a code, so it needs no second factor. */
export const passkeyOperations = [
  {
    ...byAnyone,
    id: "beginPasskeySignIn",
    path: "/api/auth/passkey/options",
    summary: "Begin to sign in with a passkey",
    answer: json(200, passkeyOptions, "For the browser's authenticator.", { challenge }),
  },
  {
    ...byAnyone,
    id: "signInWithPasskey",
    path: "/api/auth/passkey",
    summary: "Sign in with a passkey",
    body: passkeyShown,
    bodyExamples: {
      shown: { ...credential, response: { clientDataJSON: "e30", authenticatorData: "AAAA", signature: "AAAA" } },
    },
    answer: { status: 204, description: "They are signed in." },
    refusals: ["passkey_failed"],
  },
  {
    ...own,
    methods: ["get"],
    limit: "merchant",
    id: "listPasskeys",
    path: "/api/account/passkeys",
    summary: "One's passkeys",
    answer: json(200, z.object({ items: z.array(passkey) }), "Newest first.", { items: [shown] }),
  },
  {
    ...own,
    methods: ["post"],
    limit: "signIns",
    id: "beginPasskey",
    path: "/api/account/passkeys/options",
    summary: "Begin to make a passkey",
    body: z.strictObject({ password: givenPassword }),
    bodyExamples: { begin: { password: "a long sentence that only I know" } },
    answer: json(200, passkeyCreation, "For the browser's authenticator.", {
      challenge,
      rp: { name: "Konfirmado", id: "citas.example.com" },
      user: { id: "AZnA3gAAcACAAAAAAAAADg", name: "ana@example.com", displayName: "Ana Pérez" },
      pubKeyCredParams: [{ alg: -7, type: "public-key" as const }],
    }),
    refusals: ["password_wrong"],
  },
  {
    ...own,
    methods: ["post"],
    limit: "merchant",
    id: "keepPasskey",
    path: "/api/account/passkeys",
    summary: "Keep the passkey that the authenticator has made",
    body: z.strictObject({ name: personName, made: passkeyMade }),
    bodyExamples: {
      made: { name: shown.name, made: { ...credential, response: { clientDataJSON: "e30", attestationObject: "AAAA" } } },
    },
    answer: json(200, passkey, "It signs in from now on. A mail tells of it.", shown),
    refusals: ["passkey_failed"],
  },
  {
    ...own,
    methods: ["delete"],
    limit: "merchant",
    id: "removePasskey",
    path: "/api/account/passkeys/{id}",
    summary: "Remove a passkey",
    params: described(z.object({ id: z.uuid() }), { id: "The passkey's id." }, "not_found"),
    answer: { status: 204, description: "It signs nobody in any more. A mail tells of it." },
    refusals: ["not_found"],
  },
] as const satisfies readonly Operation[];
