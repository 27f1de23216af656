// `npm run audit`: judges hashes, install scripts and licences from the files, and known weaknesses
// by the registry. Exits with 0 if all is well, 1 if not, 2 if only the registry could not be
// asked.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { licenceOf, refusedLicences } from "./audit/licences.mjs";
import { productionPackages, undecidedScripts, unprovenPackages, withoutHash } from "./audit/lock-file.mjs";
import { askRegistry } from "./audit/registry.mjs";
import { readArguments } from "./plain/arguments.mjs";

readArguments();
const root = join(import.meta.dirname, "..");
const read = (path) => JSON.parse(readFileSync(join(root, path), "utf8"));
const isInstalled = (path) => existsSync(join(root, path, "package.json"));

const lock = read("package-lock.json");
const { allowScripts } = read("package.json");
const ours = productionPackages(lock);
// Packages of other systems are judged by the lock file, if it names a licence.
const licensed = ours.flatMap(({ path, name, version, lockedLicence }) => {
  if (isInstalled(path)) return [{ name, version, licence: licenceOf(read(join(path, "package.json"))) }];
  return lockedLicence ? [{ name, version, licence: lockedLicence }] : [];
});
const hashless = withoutHash(lock, isInstalled).length;

const problems = [...unprovenPackages(lock, isInstalled), ...undecidedScripts(lock, allowScripts), ...refusedLicences(licensed)];
console.log(
  `hashes: ${Object.keys(lock.packages).length - 1} packages in package-lock.json${hashless ? `, ${hashless} of them for other systems and without a hash (npm run lock:complete, where the registry has them)` : ""}`,
);
console.log(`install scripts: ${Object.keys(allowScripts).length} decided about`);
console.log(`licences: ${licensed.length} of ${ours.length} packages for production read`);

const weaknesses = askRegistry();
if (weaknesses.notAsked !== undefined) {
  console.log(`known weaknesses: the registry could not be asked: ${weaknesses.notAsked}`);
  console.log("  where the public registry can be reached: npm audit --omit=dev --registry=https://registry.npmjs.org");
} else {
  problems.push(...weaknesses.grave);
  console.log(`known weaknesses: ${weaknesses.grave.length} grave, ${weaknesses.others.length} others`);
  for (const text of weaknesses.others) console.log(`  ${text}`);
}
for (const problem of problems) console.error(`PROBLEM ${problem}`);
process.exitCode = problems.length > 0 ? 1 : weaknesses.notAsked === undefined ? 0 : 2;
