import { z } from "zod";
import { accountEmail, givenPassword, newPassword, proofToken, registration } from "#contracts/account.ts";
import { json, type Operation } from "../operation.ts";

const byAnyone = { tag: "account", callers: ["anyone"], isSameSite: true, isPrivate: true, methods: ["post"] } as const;
const attempt = { ...byAnyone, limit: "signIns" } as const;
const mailed = { ...byAnyone, limit: "accountMails" } as const;
const email = "ana@example.com";
const token = "q7iG1rT0cU8n3wYkVb5sXz2mPdLfHjKaQeRtYuIoPlM";
const password = "a long sentence that only I know";
const signedInAnswer = json(200, z.object({ needsCode: z.boolean() }), "They are signed in, or a code is needed yet.", {
  needsCode: false,
});
const sameAnswer = "Always the same answer, whether the address has an account or not. The mail says the rest.";

/** Before anybody is signed in. No answer, time or mail tells whether an address has an account. */
export const signInOperations = [
  {
    ...mailed,
    id: "register",
    path: "/api/auth/register",
    summary: "Register a business. The mail's link makes the account",
    body: registration,
    bodyExamples: { clinic: { business: "Clínica Aurora", country: "CO", email, password } },
    answer: { status: 204, description: sameAnswer },
  },
  {
    ...mailed,
    id: "resendVerification",
    path: "/api/auth/verify-email/resend",
    summary: "Send the mail with the link again",
    body: z.strictObject({ email: accountEmail }),
    bodyExamples: { again: { email } },
    answer: { status: 204, description: sameAnswer },
  },
  {
    ...attempt,
    id: "verifyEmail",
    path: "/api/auth/verify-email",
    summary: "Confirm the address by the mail's link: makes person and merchant, and signs in",
    body: z.strictObject({ token: proofToken }),
    bodyExamples: { link: { token } },
    answer: json(200, z.object({ tenantId: z.uuid() }), "The account is made.", { tenantId: "0199c0de-0000-7000-8000-00000000000a" }),
    refusals: ["proof_spent"],
  },
  {
    ...attempt,
    id: "signIn",
    path: "/api/auth/sign-in",
    summary: "Sign in with e-mail and password",
    body: z.strictObject({ email: accountEmail, password: givenPassword }),
    bodyExamples: { person: { email, password } },
    answer: signedInAnswer,
    refusals: ["sign_in_failed", "email_unverified"],
  },
  {
    ...attempt,
    id: "signInWithCode",
    path: "/api/auth/sign-in/code",
    summary: "The second factor: a code of the authenticator, or a recovery code",
    body: z.union([z.strictObject({ code: z.string().regex(/^\d{6}$/) }), z.strictObject({ recoveryCode: z.string().min(6).max(40) })]),
    bodyExamples: { authenticator: { code: "492039" }, recovery: { recoveryCode: "Xa3bC-9dEfG" } },
    answer: { status: 204, description: "They are signed in. A code is accepted once." },
    refusals: ["second_factor_failed", "sign_in_failed"],
  },
  {
    ...byAnyone,
    limit: "changes",
    id: "signOut",
    path: "/api/auth/sign-out",
    summary: "End this session",
    answer: { status: 204, description: "It is over." },
  },
  {
    ...mailed,
    id: "forgotPassword",
    path: "/api/auth/forgot-password",
    summary: "Send a link to choose a new password",
    body: z.strictObject({ email: accountEmail }),
    bodyExamples: { forgotten: { email } },
    answer: { status: 204, description: sameAnswer },
  },
  {
    ...attempt,
    id: "resetPassword",
    path: "/api/auth/reset-password",
    summary: "Choose a new password by the mail's link, once. Ends every session",
    body: z.strictObject({ token: proofToken, password: newPassword }),
    bodyExamples: { link: { token, password } },
    answer: { status: 204, description: "The password is changed. Sign in with it." },
    refusals: ["proof_spent"],
  },
  {
    ...attempt,
    id: "confirmEmailChange",
    path: "/api/auth/confirm-email",
    summary: "Confirm a new address by the mail's link, once",
    body: z.strictObject({ token: proofToken }),
    bodyExamples: { link: { token } },
    answer: { status: 204, description: "The address is changed." },
    refusals: ["proof_spent", "email_taken"],
  },
] as const satisfies readonly Operation[];
