/** Judges the lock file and package.json without the network. */

const sha512 = /^sha512-[A-Za-z0-9+/]{86}==$/;
const nameOf = (path) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
const installable = ({ packages }) => Object.entries(packages).filter(([path, entry]) => path !== "" && !entry.link);

/** Finds other systems' packages without a known hash. `npm run lock:complete` adds it. */
export function withoutHash(lock, isInstalled) {
  return installable(lock).filter(
    ([path, entry]) => !entry.integrity && entry.optional && Boolean(entry.os ?? entry.cpu ?? entry.libc) && !isInstalled(path),
  );
}

/** Every package needs a hash, and no address may tie everyone to one registry. */
export function unprovenPackages(lock, isInstalled) {
  const excused = new Set(withoutHash(lock, isInstalled).map(([path]) => path));
  return installable(lock).flatMap(([path, { integrity, resolved }]) => [
    ...(excused.has(path) || sha512.test(integrity ?? "") ? [] : [`${path} has no sha512 hash in package-lock.json`]),
    ...(resolved ? [`${path} has an address in package-lock.json: ${resolved}`] : []),
  ]);
}

/** package.json decides about each package with an install script, and about no other. */
export function undecidedScripts(lock, allowScripts) {
  const wanting = new Set(
    installable(lock)
      .filter(([, entry]) => entry.hasInstallScript)
      .map(([path]) => nameOf(path)),
  );
  return [
    ...[...wanting]
      .filter((name) => !(name in allowScripts))
      .map((name) => `${name} has an install script: decide about it in allowScripts`),
    ...Object.keys(allowScripts)
      .filter((name) => !wanting.has(name))
      .map((name) => `allowScripts names ${name}, which has no install script here`),
  ];
}

/** Returns everything that is not for development alone. */
export function productionPackages(lock) {
  return installable(lock)
    .filter(([, entry]) => !entry.dev)
    .map(([path, { version, license }]) => ({ path, name: nameOf(path), version, lockedLicence: license }));
}
