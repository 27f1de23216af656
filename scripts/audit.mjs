// `npm run audit`, and a part of `npm run check` and `npm test`: the packages we build on. Their hashes, install scripts and licences are judged
// from the files, always; known weaknesses by the registry, where it can be asked. Exit code 0: all is well. 1: something is not. 2: all that could
// be judged is well, but the registry could not be asked, which is neither good nor bad news.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { licenceOf, refusedLicences } from "./audit/licences.mjs";
import { productionPackages, undecidedScripts, unprovenPackages, withoutHash } from "./audit/lock-file.mjs";
import { askRegistry } from "./audit/registry.mjs";

const root = join(import.meta.dirname, "..");
const read = (path) => JSON.parse(readFileSync(join(root, path), "utf8"));
const isInstalled = (path) => existsSync(join(root, path, "package.json"));

const lock = read("package-lock.json");
const { allowScripts } = read("package.json");
const ours = productionPackages(lock);
// What other systems would install is judged by what the lock file says of it, if it says anything; the same package is installed here for this one.
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
  console.log(`known weaknesses: not asked: ${weaknesses.notAsked}`);
  console.log("  where the public registry can be reached: npm audit --omit=dev --registry=https://registry.npmjs.org");
} else {
  problems.push(...weaknesses.grave);
  console.log(`known weaknesses: ${weaknesses.grave.length} grave, ${weaknesses.others.length} others`);
  for (const text of weaknesses.others) console.log(`  ${text}`);
}
for (const problem of problems) console.error(`NOT GOOD ${problem}`);
process.exitCode = problems.length > 0 ? 1 : weaknesses.notAsked === undefined ? 0 : 2;
