/** Licences of others' work that we may distribute. SPDX names: https://spdx.org/licenses/ */
const allowed = new Set([
  "MIT",
  "MIT-0",
  "ISC",
  "0BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "Python-2.0",
  "Unlicense",
  "CC0-1.0",
  "OFL-1.1",
]);

/** Other licences, each with its reason. */
export const exceptions = [
  {
    names: /^@img\/sharp-/,
    licence: "LGPL-3.0-or-later",
    why: "libvips, a library of its own beside Next's image optimisation: unchanged, exchangeable, not linked into ours",
  },
  {
    names: /^lightningcss(-|$)/,
    licence: "MPL-2.0",
    why: "turns Tailwind into CSS while the pages are built; copyleft by file, and we change none",
  },
  {
    names: /^caniuse-lite$/,
    licence: "CC-BY-4.0",
    why: "a table of browsers, read while the pages are built; named here and in its package",
  },
  {
    names: /^png-js$/,
    licence: null,
    why: "names none in its package.json; its LICENSE file is the MIT licence",
  },
];

/** Finds packages with another licence, and exceptions that nothing needs. */
export function refusedLicences(packages, given = exceptions) {
  const used = new Set();
  const refused = packages.flatMap(({ name, version, licence }) => {
    const isGood = (word) => {
      if (allowed.has(word)) return true;
      const exception = given.find((one) => one.licence === word && one.names.test(name));
      if (exception) used.add(exception);
      return exception !== undefined;
    };
    return (licence ? fits(licence, isGood) : isGood(null)) ? [] : [`${name} ${version} is under ${licence ?? "no licence that it names"}`];
  });
  return [
    ...refused,
    ...given.filter((one) => !used.has(one)).map((one) => `nothing needs the exception for ${one.names} (${one.licence})`),
  ];
}

/**
 * One branch of an OR suffices, an AND needs every part:
 * https://spdx.github.io/spdx-spec/v3.0.1/annexes/spdx-license-expressions/
 */
function fits(expression, isGood) {
  const words = expression.match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  // Always reads both sides, or the place in the expression would be lost.
  const either = () => {
    let good = both();
    while (words[at] === "OR") {
      at += 1;
      good = both() || good;
    }
    return good;
  };
  const both = () => {
    let good = one();
    while (words[at] === "AND") {
      at += 1;
      good = one() && good;
    }
    return good;
  };
  const one = () => {
    const word = words[at];
    at += 1;
    if (word !== "(") return word !== undefined && isGood(word);
    const good = either();
    at += 1;
    return good;
  };
  return either() && at === words.length;
}

/** Reads a word or expression, or one of the two old forms. */
export function licenceOf({ license, licenses }) {
  if (typeof license === "string") return license;
  if (typeof license?.type === "string") return license.type;
  return Array.isArray(licenses) ? licenses.map(({ type }) => type).join(" OR ") : undefined;
}
