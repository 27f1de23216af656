/** What is mailed to a person about their account, whatever merchants they belong to. */
export const personMailKinds = [
  "verify",
  "reset",
  "email-change",
  "email-changed",
  "password-changed",
  "two-factor-on",
  "two-factor-off",
  "passkey-added",
  "passkey-removed",
] as const;
export type PersonMailKind = (typeof personMailKinds)[number];
