import { expect, test } from "vitest";
import { type Catalogue, catalogueComplaints, locales } from "./catalogues.ts";
import { pathsUnder, readProjectFile } from "./source.ts";

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
