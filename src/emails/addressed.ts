import type { Tone } from "#contracts/settings/tones.ts";

export const mailLocales = ["es", "en", "fr", "pt"] as const;
export type MailLocale = (typeof mailLocales)[number];

/**
 * Instants are ISO 8601, amounts integer minor units, addresses absolute. People typed the names
 * and texts, so they may hold anything.
 */
export type MailTenant = { name: string; logoUrl: string | null; primaryColor: string };
export type MailCustomer = { name: string; email: string; phone: string };

/** Times are told in `timezone` and written as in `country`, both the tenant's. */
export type Addressed = { locale: MailLocale; country: string; timezone: string; tenant: MailTenant };
/**
 * In the merchant's tone. A reply reaches the merchant only if they left an address (`canReply`).
 */
export type ToCustomer = Addressed & { tone: Tone; customerName: string; canReply: boolean };
