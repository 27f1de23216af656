import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { english } from "#simulators/english.ts";
import { codeUnder } from "../tidy/source.ts";
import { checkoutQuery, startWorld } from "./start.ts";

let world: Awaited<ReturnType<typeof startWorld>>;
const pages = ["/", "/wompi", "/bold", "/addi", "/daily", "/mail", "/merchant", "/daily/room/nowhere"];
const soon = new Date(Date.now() + 600_000).toISOString();
beforeAll(async () => {
  world = await startWorld();
  pages.push(`/wompi/p/?${checkoutQuery("R-1", {}, soon)}`);
  pages.push(`/wompi/p/?${checkoutQuery("R-2", { currency: "USD" })}`);
  await world.press("/wompi/p/pay", { query: checkoutQuery("R-3"), outcome: "approve" });
  await world.press("/wompi/p/pay", { query: checkoutQuery("R-4"), outcome: "decline" });
});
afterAll(() => world.stop());

const read = async (path: string, headers: Record<string, string>) => (await fetch(world.url + path, { headers })).text();
const inEnglish = { "accept-language": "en-US,en;q=0.9" };
const inSpanish = { "accept-language": "es-CO,es;q=0.9,en;q=0.8" };

/** What a person reads between the tags; pre and code hold what a program said. */
const textsOf = (page: string) =>
  page
    .replaceAll(/<(style|pre|code)\b.*?<\/\1>|<span lang="es">.*?<\/span>|<a [^>]*hreflang="es".*?<\/a>/gs, "")
    .split(/<[^>]*>/)
    .map((text) => text.trim())
    .filter((text) => text !== "");

describe("the simulated outside world", () => {
  test("speaks English to whoever prefers it, on every page and without a Spanish text", async () => {
    const foreign = new Set(Object.entries(english).flatMap(([spanish, text]) => (spanish === text ? [] : [spanish])));
    for (const path of pages) {
      const page = await read(path, inEnglish);
      expect(page, path).toContain('<html lang="en">');
      expect(
        textsOf(page).filter((text) => foreign.has(text) || /[áéíóúñ¿¡]/.test(text)),
        path,
      ).toEqual([]);
    }
  });

  test("speaks Spanish to others, and to programs that say nothing", async () => {
    for (const path of pages) {
      for (const headers of [inSpanish, {}]) expect(await read(path, headers), path).toContain('<html lang="es">');
    }
    expect(await read("/", inSpanish)).toContain("Nada de esto es dinero, correo ni video de verdad.");
  });

  test("is switched by a link that keeps the page's address, and remembers it", async () => {
    const checkout = `/wompi/p/?${checkoutQuery("R-5", {}, soon)}`;
    const link = /<a href="([^"]*)" hreflang="en"/.exec(await read(checkout, inSpanish))?.[1]?.replaceAll("&amp;", "&") ?? "";
    const answer = await fetch(world.url + link, { headers: inSpanish });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain("Approve the payment");
    const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
    expect(await read("/", { ...inSpanish, cookie })).toContain("The simulated world");
  });

  test("shows times for people, in the clinic's zone, and never as programs write them", async () => {
    for (const path of pages)
      for (const headers of [inEnglish, inSpanish]) {
        const texts = textsOf(await read(path, headers));
        expect(
          texts.filter((text) => /\d{4}-\d\d-\d\dT/.test(text)),
          path,
        ).toEqual([]);
      }
    const shown = (language: string) =>
      new Date(soon).toLocaleString(`${language}-CO`, { timeZone: "America/Bogota", dateStyle: "medium", timeStyle: "medium" });
    const checkout = pages.find((path) => path.includes("R-1")) ?? "";
    expect(textsOf(await read(checkout, inSpanish))).toContain(shown("es"));
    expect(textsOf(await read(checkout, inEnglish))).toContain(shown("en"));
  });

  test("has no English text that no page says", () => {
    const code = codeUnder("simulators").filter(({ path }) => path !== "simulators/english.ts");
    const unsaid = Object.keys(english).filter((spanish) => !code.some(({ text }) => text.includes(`"${spanish}"`)));
    expect(unsaid).toEqual([]);
  });
});
