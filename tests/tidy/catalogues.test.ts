import { expect, test } from "vitest";
import { permissions } from "#domain/roles.ts";
import keysMessages from "#messages/keys/es.json" with { type: "json" };
import { type Catalogue, catalogueComplaints, locales } from "./catalogues.ts";
import { pathsUnder, readProjectFile } from "./source.ts";

const { keys } = keysMessages;
const folders = [...new Set(["messages", ...pathsUnder("messages").map((path) => path.slice(0, path.lastIndexOf("/")))])];

test.each(folders)("the catalogues in %s have equal keys and equal placeholders", (folder) => {
  const read = (locale: string): Catalogue => JSON.parse(readProjectFile(`${folder}/${locale}.json`));
  const catalogues = Object.fromEntries(locales.map((locale) => [locale, read(locale)]));
  expect(Object.keys(catalogues["es"] ?? {})).not.toEqual([]);
  expect(catalogueComplaints(catalogues)).toEqual([]);
});

test.each(folders)("French punctuation in %s stays with its word: no line of a page begins with a colon", (folder) => {
  expect(readProjectFile(`${folder}/fr.json`).match(/« |\S+ [:;!?»]/g) ?? []).toEqual([]);
});

test("every permission of a key is said in words", () => {
  const said = new Set([...Object.keys(keys.area), ...Object.keys(keys.verb)]);
  expect(permissions.flatMap((permission) => permission.split(".")).filter((word) => !said.has(word))).toEqual([]);
});

test("no Spanish sentence ends with a clock: 8:00 a. m. has a full stop of its own", () => {
  const read = (file: string) => readProjectFile(`messages/${file}.json`);
  const spanish = ["es", "es-formal", "settings/es", "links/es", "professionals/es", "payments/es", "mail/es", "mail/es-formal"]
    .map(read)
    .join();
  expect(spanish).toContain("{when}");
  expect(spanish.match(/.*\{(when|until|moment)\}\..*/g) ?? []).toEqual([]);
  // Here dates have clocks.
  expect(`${read("links/es")}${read("professionals/es")}`.match(/.*\{date\}\..*/g) ?? []).toEqual([]);
});

/** One word per idea, also in French: what is sold is a prestation, who sells it an établissement. */
test("French pages call a merchant and what they sell by one word each", () => {
  const read = (folder: string) => readProjectFile(`${folder}/fr.json`).split("\n");
  // Names of columns and keys are no words; what sends mails for us is a service.
  const isSentence = (line: string) => !/^\s*"(columns|example)":/.test(line) && !line.includes("services qui envoient");
  const said = folders.flatMap((folder) => read(folder).filter(isSentence));
  const words = said.map((line) => line.replace(/^\s*"\w+":/, "").replaceAll(/\{\w+/g, ""));
  expect(words.length).toBeGreaterThan(1000);
  expect(words.filter((line) => /\b(services?|entreprises?)\b/i.test(line))).toEqual([]);
});

const es = { cart: { items: "{count, plural, one {# cosa} other {# cosas de {name}}}", hello: "Hola <b>{name}</b>" } };

test("equal catalogues with other plural forms are left alone", () => {
  const fr = { cart: { items: "{count, plural, one {# chose} many {#} other {# choses de {name}}}", hello: "<b>{name}</b>, bonjour" } };
  expect(catalogueComplaints({ es, fr })).toEqual([]);
});

test.each([
  ["a missing key", { cart: { items: es.cart.items } }],
  ["an extra key", { cart: { ...es.cart, more: "plus" } }],
  ["a placeholder of another name", { cart: { ...es.cart, hello: "<b>{nom}</b>" } }],
  ["a placeholder that is missing in a plural", { cart: { ...es.cart, items: "{count, plural, one {#} other {#}}" } }],
  ["a tag that is missing", { cart: { ...es.cart, hello: "{name}" } }],
  ["a plural that became a plain number", { cart: { ...es.cart, items: "{count} {name}" } }],
  ["a message that cannot be read", { cart: { ...es.cart, hello: "<b>{name" } }],
  ["an empty message", { cart: { ...es.cart, hello: "" } }],
])("%s is found", (_name, fr: Catalogue) => {
  expect(catalogueComplaints({ es, fr })).toHaveLength(1);
});
