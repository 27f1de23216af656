import { z } from "zod";

/** What a browser's authenticator answers (WebAuthn level 3, as JSON). The server verifies it. */
const base64url = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/)
  .max(20_000);
const credential = { id: base64url.max(1400), rawId: base64url.max(1400), type: z.literal("public-key") };

export const passkeyMade = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(20)).max(10).optional(),
  }),
});
export type PasskeyMade = z.infer<typeof passkeyMade>;

export const passkeyShown = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.nullish(),
  }),
});
export type PasskeyShown = z.infer<typeof passkeyShown>;

/** The options for `navigator.credentials`, which @simplewebauthn/browser takes as they are. */
export const passkeyOptions = z.looseObject({ challenge: z.string() });
export const passkeyCreation = z.looseObject({
  challenge: z.string(),
  rp: z.object({ name: z.string(), id: z.string().optional() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.object({ alg: z.number(), type: z.literal("public-key") })),
});

export const passkey = z.object({
  id: z.uuid(),
  name: z.string(),
  madeAt: z.iso.datetime(),
  usedAt: z.iso.datetime().nullable(),
});
export type Passkey = z.infer<typeof passkey>;
