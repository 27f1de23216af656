import { z } from "zod";
import { account, accountEmail, givenPassword, newPassword, personName, sessionShown } from "#contracts/account.ts";
import { described, json, type Operation } from "../operation.ts";

const own = { tag: "account", callers: ["person"], isSameSite: true, isPrivate: true } as const;
const read = { ...own, methods: ["get"], limit: "merchant" } as const;
const change = { ...own, methods: ["post"], limit: "merchant" } as const;
/** Asks for the password, so it counts as an attempt to sign in. */
const guarded = { ...own, methods: ["post"], limit: "signIns" } as const;
const tenantId = "0199c0de-0000-7000-8000-00000000000a";
const sessionId = "0199c0de-0000-7000-8000-00000000000b";
const password = "a long sentence that only I know";
const byId = described(z.object({ id: z.uuid() }), { id: "The session's id." }, "not_found");
const codes = z.array(z.string());

/** What a person changes about themselves, whatever merchants they belong to. */
export const ownAccountOperations = [
  {
    ...read,
    id: "getAccount",
    path: "/api/account",
    summary: "Who is signed in, and their merchants",
    answer: json(200, account, "The person.", {
      person: { name: "Ana Pérez", email: "ana@example.com", hasTwoFactor: false },
      merchants: [{ tenantId, name: "Clínica Aurora", role: "owner" }],
    }),
  },
  {
    ...change,
    id: "changeName",
    path: "/api/account/name",
    summary: "Change one's name",
    body: z.strictObject({ name: personName }),
    bodyExamples: { name: { name: "Ana Pérez" } },
    answer: { status: 204, description: "It is changed, at all merchants." },
  },
  {
    ...guarded,
    id: "changeEmail",
    path: "/api/account/email",
    summary: "Ask for another e-mail address. A mail there confirms it",
    body: z.strictObject({ email: accountEmail, password: givenPassword }),
    bodyExamples: { other: { email: "ana.perez@example.com", password } },
    answer: { status: 204, description: "A mail is on its way to the new address. Until then the old one holds." },
    refusals: ["password_wrong"],
  },
  {
    ...guarded,
    id: "changePassword",
    path: "/api/account/password",
    summary: "Change the password. Ends every other session",
    body: z.strictObject({ current: givenPassword, next: newPassword }),
    bodyExamples: { other: { current: password, next: "another sentence of mine" } },
    answer: { status: 204, description: "It is changed." },
    refusals: ["password_wrong"],
  },
  {
    ...change,
    id: "chooseTenant",
    path: "/api/account/tenant",
    summary: "Choose the merchant whose dashboard this session shows",
    body: z.strictObject({ tenantId: z.uuid() }),
    bodyExamples: { clinic: { tenantId } },
    answer: { status: 204, description: "It is chosen." },
    refusals: ["tenant_unknown"],
  },
  {
    ...read,
    id: "listSessions",
    path: "/api/account/sessions",
    summary: "Where one is signed in",
    answer: json(200, z.object({ items: z.array(sessionShown) }), "The living sessions, last used first.", {
      items: [
        {
          id: sessionId,
          isCurrent: true,
          address: "203.0.113.7",
          browser: "Mozilla/5.0",
          startedAt: "2026-11-21T15:10:00.000Z",
          usedAt: "2026-11-21T15:10:00.000Z",
        },
      ],
    }),
  },
  {
    ...own,
    methods: ["delete"],
    limit: "merchant",
    id: "endSession",
    path: "/api/account/sessions/{id}",
    summary: "End one session",
    params: byId,
    answer: { status: 204, description: "It is over." },
    refusals: ["not_found"],
  },
  {
    ...own,
    methods: ["delete"],
    limit: "merchant",
    id: "endOtherSessions",
    path: "/api/account/sessions",
    summary: "End all sessions but this one",
    answer: { status: 204, description: "They are over." },
  },
  {
    ...guarded,
    id: "beginTwoFactor",
    path: "/api/account/two-factor",
    summary: "Begin with a second factor: the secret for the authenticator, and recovery codes",
    body: z.strictObject({ password: givenPassword }),
    bodyExamples: { begin: { password } },
    answer: json(200, z.object({ address: z.string(), recoveryCodes: codes }), "Nothing is asked for until a code confirms it.", {
      address: "otpauth://totp/Konfirmado:ana@example.com?secret=JBSWY3DPEHPK3PXP&issuer=Konfirmado",
      recoveryCodes: ["Xa3bC-9dEfG"],
    }),
    refusals: ["password_wrong", "second_factor_state"],
  },
  {
    ...guarded,
    id: "confirmTwoFactor",
    path: "/api/account/two-factor/confirm",
    summary: "Confirm the second factor by a code of the authenticator",
    body: z.strictObject({ code: z.string().regex(/^\d{6}$/) }),
    bodyExamples: { code: { code: "492039" } },
    answer: { status: 204, description: "From now on every sign-in asks for a code." },
    refusals: ["second_factor_failed", "second_factor_state"],
  },
  {
    ...guarded,
    id: "endTwoFactor",
    path: "/api/account/two-factor/end",
    summary: "Do without a second factor",
    body: z.strictObject({ password: givenPassword }),
    bodyExamples: { end: { password } },
    answer: { status: 204, description: "No code is asked for any more." },
    refusals: ["password_wrong"],
  },
  {
    ...guarded,
    id: "renewRecoveryCodes",
    path: "/api/account/two-factor/recovery-codes",
    summary: "New recovery codes. The old ones are void",
    body: z.strictObject({ password: givenPassword }),
    bodyExamples: { renew: { password } },
    answer: json(200, z.object({ recoveryCodes: codes }), "They are shown this once.", { recoveryCodes: ["Xa3bC-9dEfG"] }),
    refusals: ["password_wrong", "second_factor_state"],
  },
] as const satisfies readonly Operation[];
