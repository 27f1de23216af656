import { z } from "zod";
import { roleNames } from "#domain/roles.ts";
import { givenLengthMax, readEmail, readName } from "./contact.ts";
import { passwordLengths, passwordProblem } from "./password.ts";

/** One person, one address: in small letters, and such as every mail server carries. */
export const accountEmail = z
  .string()
  .max(givenLengthMax)
  .transform((given, ctx) => {
    const found = readEmail(given);
    if (found && !found.unsendable) return found.address.toLowerCase();
    ctx.addIssue({ code: "custom", message: "must be an e-mail address, with ASCII letters before the @" });
    return z.NEVER;
  });

export const personName = z
  .string()
  .max(givenLengthMax)
  .transform((given, ctx) => {
    const found = readName(given);
    if (found) return found;
    ctx.addIssue({ code: "custom", message: "must be a name of 2 to 100 characters" });
    return z.NEVER;
  });

/** Any text at sign-in: what is wrong there is only wrong. */
export const givenPassword = z.string().min(1).max(1000);

export const newPassword = z.string().superRefine((given, ctx) => {
  const problem = passwordProblem(given);
  if (problem) ctx.addIssue({ code: "custom", message: passwordWords[problem] });
});
const passwordWords = {
  too_short: `must have at least ${passwordLengths.min} characters`,
  too_long: `must have at most ${passwordLengths.max} characters`,
  too_common: "is one of the first that everybody tries",
};

const locale = z.enum(["es", "en", "fr", "pt"]);
export const registration = z
  .strictObject({
    business: z.string().trim().min(2).max(120),
    country: z.string().regex(/^[A-Z]{2}$/),
    email: accountEmail,
    password: newPassword,
    /** Of the mail. Without it, the country's. */
    locale: locale.optional(),
  })
  .superRefine(({ email, business, password }, ctx) => {
    if (passwordProblem(password, [email, business]) === "too_common")
      ctx.addIssue({ code: "custom", path: ["password"], message: passwordWords.too_common });
  });
export type Registration = z.infer<typeof registration>;

export const proofToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
export const role = z.enum(roleNames);

export const account = z.object({
  person: z.object({ name: z.string(), email: z.string(), hasTwoFactor: z.boolean() }),
  merchants: z.array(z.object({ tenantId: z.uuid(), name: z.string(), role })),
});
export type Account = z.infer<typeof account>;

export const sessionShown = z.object({
  id: z.uuid(),
  isCurrent: z.boolean(),
  address: z.string().nullable(),
  browser: z.string().nullable(),
  startedAt: z.iso.datetime(),
  usedAt: z.iso.datetime(),
});

export const member = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  role,
  professionalId: z.uuid().nullable(),
  seesPhones: z.boolean(),
  version: z.int(),
  isYou: z.boolean(),
});
export type ShownMember = z.infer<typeof member>;

export const invitation = z.object({
  id: z.uuid(),
  email: z.string(),
  role,
  professionalId: z.uuid().nullable(),
  seesPhones: z.boolean(),
  expiresAt: z.iso.datetime(),
  isExpired: z.boolean(),
});
export type ShownInvitation = z.infer<typeof invitation>;

export const newInvitation = z.strictObject({
  email: accountEmail,
  role,
  professionalId: z.uuid().nullable().default(null),
  seesPhones: z.boolean().default(false),
});
export type NewInvitation = z.infer<typeof newInvitation>;

export const memberChanges = z.strictObject({
  version: z.int().min(1),
  role: role.optional(),
  professionalId: z.uuid().nullable().optional(),
  seesPhones: z.boolean().optional(),
});
export type MemberChanges = z.infer<typeof memberChanges>;

/** What the page of an invitation shows before anybody has said who they are. */
export const invitationPage = z.object({ merchant: z.string(), email: z.string(), role, invitedBy: z.string(), hasAccount: z.boolean() });
export type InvitationPage = z.infer<typeof invitationPage>;

export const acceptance = z.strictObject({ name: personName, password: newPassword }).partial();
