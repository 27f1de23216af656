import { z } from "zod";
import { openTenant } from "#commands/merchants/open-tenant.ts";
import { mailAddress } from "#contracts/checkout.ts";
import { closeDb } from "#platform/db.ts";
import { readArguments } from "#scripts/plain/arguments.mjs";

/**
 * Makes a merchant and mails the owner an invitation: `npm run tenant -- --name "Clínica Aurora"
 * --email ana@example.com --country CO`. Exits with 1 and a sentence if something is wrong with it.
 */
const wish = z.object({
  name: z.string().trim().min(1).max(120),
  email: mailAddress,
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default("CO"),
  locale: z.enum(["es", "en", "fr", "pt"]).optional(),
});
const { values } = readArguments({ values: ["name", "email", "country", "locale"] });
const given = wish.safeParse(values);
if (given.success) {
  const { tenantId, slug } = await openTenant({ caller: { kind: "operator" }, input: given.data });
  console.log(`${given.data.name} is merchant ${tenantId} (${slug}).`);
  console.log(`${given.data.email} gets a mail with the way in as soon as a worker runs. It is good for seven days.`);
  await closeDb();
} else {
  for (const { path, message } of given.error.issues) console.error(`--${path.join(".")}: ${message}`);
  process.exitCode = 1;
}
