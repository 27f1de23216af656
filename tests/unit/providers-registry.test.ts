import { expect, test } from "vitest";
import { credentialFields } from "#providers/payments/definition.ts";
import { paymentProvider, paymentProviders } from "#providers/payments/registry.ts";

test.each(Object.entries(paymentProviders))(
  "%s is registered under its own id, and a form can be drawn from its credentials",
  (id, definition) => {
    expect(definition.id).toBe(id);
    const fields = credentialFields(definition.credentialShape);
    expect(fields.length).toBeGreaterThan(0);
    for (const field of fields) expect(field).toMatchObject({ labelKey: expect.stringContaining(field.name), secret: expect.any(Boolean) });
    expect(fields.some((field) => field.secret)).toBe(true);
  },
);

test("a word that is no provider of ours, or belongs to every object, leads nowhere", () => {
  for (const word of ["", "constructor", "__proto__", "toString", "paypal"]) expect(paymentProvider(word)).toBeNull();
});
