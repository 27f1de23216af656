import { expect, test } from "vitest";
import { licenceOf, refusedLicences } from "#scripts/audit/licences.mjs";
import { productionPackages, undecidedScripts, unprovenPackages, withoutHash } from "#scripts/audit/lock-file.mjs";
import { judge } from "#scripts/audit/registry.mjs";

/** What is right stays quiet; each thing that can be wrong is found. `npm run audit` judges the real files with the same functions. */
const integrity = `sha512-${"A".repeat(86)}==`;
const lock = (changes: object = {}) => ({
  packages: { "": {}, "node_modules/a": { version: "1.0.0", integrity, ...changes }, "node_modules/a/node_modules/b": { integrity } },
});
const everything = () => true;
const nothing = () => false;

test("packages with a hash and without an address are quiet", () => {
  expect(unprovenPackages(lock(), everything)).toEqual([]);
});

test.each([
  ["no hash", { integrity: undefined }, "node_modules/a has no sha512 hash"],
  ["a weak hash", { integrity: "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=" }, "node_modules/a has no sha512 hash"],
  ["a hash that is cut off", { integrity: integrity.slice(0, 40) }, "node_modules/a has no sha512 hash"],
  ["an address", { resolved: "https://example.com/a.tgz" }, "node_modules/a has an address"],
])("a package with %s is found", (_name, changes, words) => {
  expect(unprovenPackages(lock(changes), everything)).toEqual([expect.stringContaining(words)]);
});

test("a package for another system may lack its hash as long as it is not installed here", () => {
  const other = lock({ integrity: undefined, optional: true, os: ["darwin"] });
  expect(unprovenPackages(other, nothing)).toEqual([]);
  expect(withoutHash(other, nothing)).toHaveLength(1);
  expect(unprovenPackages(other, everything)).toHaveLength(1);
  expect(unprovenPackages(lock({ integrity: undefined, optional: true }), nothing)).toHaveLength(1);
});

test("an install script that nobody decided about is found, and a decision about nothing", () => {
  const scripted = lock({ hasInstallScript: true });
  expect(undecidedScripts(scripted, { a: false })).toEqual([]);
  expect(undecidedScripts(scripted, {})).toEqual([expect.stringContaining("a has an install script")]);
  expect(undecidedScripts(lock(), { a: true })).toEqual([expect.stringContaining("allowScripts names a")]);
});

test("what is for development alone is not shipped", () => {
  expect(productionPackages(lock({ dev: true })).map(({ name }) => name)).toEqual(["b"]);
});

test.each([
  ["MIT", true],
  ["(MIT OR GPL-3.0-only)", true],
  ["MIT AND (GPL-2.0-only OR Apache-2.0)", true],
  ["GPL-3.0-only", false],
  ["Apache-2.0 AND GPL-3.0-only", false],
  ["MIT OR Apache-2.0 AND GPL-3.0-only", true],
  ["(MIT OR Apache-2.0) AND GPL-3.0-only", false],
  ["UNLICENSED", false],
  ["SEE LICENSE IN LICENSE.txt", false],
  ["", false],
  [undefined, false],
])("the licence %s: may be shipped is %s", (licence, isGood) => {
  expect(refusedLicences([{ name: "a", version: "1.0.0", licence }], []).length === 0).toBe(isGood);
});

test("an exception holds for its package and its licence alone, and one that nobody needs is found", () => {
  const exception = { names: /^a$/, licence: "MPL-2.0", why: "for this test" };
  const named = (name: string, licence: string) => refusedLicences([{ name, version: "1.0.0", licence }], [exception]);
  expect(named("a", "MPL-2.0")).toEqual([]);
  expect(named("b", "MPL-2.0")).toEqual([expect.stringContaining("b 1.0.0 is under MPL-2.0"), expect.stringContaining("nothing needs")]);
  expect(named("a", "MIT")).toEqual([expect.stringContaining("nothing needs")]);
});

test("the old ways to name a licence are read", () => {
  expect(licenceOf({ license: { type: "ISC" } })).toBe("ISC");
  expect(licenceOf({ licenses: [{ type: "MIT" }, { type: "GPL-2.0" }] })).toBe("MIT OR GPL-2.0");
  expect(licenceOf({})).toBeUndefined();
});

const answer = (vulnerabilities: object) =>
  judge({ stdout: JSON.stringify({ metadata: { vulnerabilities: { total: 1 } }, vulnerabilities }), stderr: "" });

test("a grave weakness is told apart from others, and nobody asked is neither", () => {
  expect(answer({})).toEqual({ grave: [], others: [] });
  expect(answer({ a: { severity: "critical", range: "<2", fixAvailable: true }, b: { severity: "moderate", range: "*" } })).toEqual({
    grave: ["critical: a <2 (a fixed version exists)"],
    others: ["moderate: b *"],
  });
  expect(judge({ stdout: JSON.stringify({ message: "405 Method Not Allowed" }), stderr: "" })).toEqual({
    notAsked: "405 Method Not Allowed",
  });
  expect(judge({ stdout: "", stderr: "npm error network\nmore" })).toEqual({ notAsked: "npm error network" });
  expect(judge({ stdout: "", stderr: "", error: new Error("spawn npm ENOENT") })).toEqual({ notAsked: "spawn npm ENOENT" });
});
