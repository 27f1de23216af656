import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sessionParams, startStripe } from "./world.ts";

let world: Awaited<ReturnType<typeof startStripe>>;
beforeAll(async () => {
  world = await startStripe();
});
afterAll(() => world.stop());

const open = async (changes: Parameters<typeof sessionParams>[0] = {}) =>
  (await world.client().checkout.sessions.create(sessionParams(changes))).url ?? "";
const page = async (url: string) => (await fetch(url)).text();
/** As a browser does it. */
const press = (url: string, fields: Record<string, string>) =>
  fetch(url, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });

describe("the hosted page of the simulated Stripe", () => {
  test.each([
    ["es-419", "es", ["Información de la tarjeta", "Método de pago", "Pagar", "Con la tecnología de"]],
    ["en", "en", ["Card information", "Payment method", "Pay", "Powered by"]],
    ["fr", "fr", ["Informations de la carte", "Moyen de paiement", "Payer", "Propulsé par"]],
    ["pt-BR", "pt", ["Dados do cartão", "Forma de pagamento", "Pagar", "Desenvolvido por"]],
  ] as const)("speaks %s in its service's words", async (locale, language, said) => {
    const text = await page(await open({ locale }));
    expect(text).toContain(`<html lang="${language}">`);
    for (const words of said) expect(text).toContain(words);
    expect(text).toContain("4242 4242 4242 4242");
  });

  test("sends a payer back, and whoever comes again reads that the link is gone", async () => {
    const url = await open({ locale: "en" });
    const answer = await press(url, { card: "4242 4242 4242 4242" });
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toMatch(/^http:\/\/127\.0\.0\.1:9\/pay\/return\?session=cs_test_/);
    const again = await fetch(url);
    expect(again.status).toBe(410);
    expect(await again.text()).toContain("no longer good");
    expect((await press(url, {})).status).toBe(410);
  });

  test("stays after a decline, and says why", async () => {
    const url = await open({ locale: "en" });
    const answer = await press(url, { card: "4000 0000 0000 9995" });
    expect(answer.headers.get("location")).toBe(new URL(url).pathname);
    expect(await page(url)).toContain("Your card has insufficient funds.");
  });

  test("asks the bank for 3155: without its yes there is no money", async () => {
    const url = await open({ locale: "en" });
    const card = "4000 0025 0000 3155";
    expect(await (await press(url, { card })).text()).toContain("3D Secure");
    await press(url, { card, authenticated: "no" });
    expect(await page(url)).toContain("Pay");
    expect((await press(url, { card, authenticated: "yes" })).headers.get("location")).toContain("/pay/return");
  });

  test("offers a voucher only where it is not excluded", async () => {
    expect(await page(await open())).toContain('value="oxxo"');
    expect(await page(await open({ excluded_payment_method_types: ["oxxo"] }))).not.toContain('value="oxxo"');
  });

  test("lets a person leave: the session stays open", async () => {
    const url = await open();
    expect((await press(url, { outcome: "abandon" })).headers.get("location")).toContain("/stripe/c/end/");
    expect((await fetch(url)).status).toBe(200);
  });

  test("the panel shows what happened", async () => {
    await press(await open({ client_reference_id: "R-PANEL", payment_intent_data: { metadata: { reference: "R-PANEL" } } }), {});
    expect(await page(`${world.url}/stripe`)).toContain("R-PANEL");
  });
});
