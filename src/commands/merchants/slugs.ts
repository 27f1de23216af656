const lengthMax = 40;

/** Words for a business, best first. The last has random letters of its id. */
export function slugsFor(name: string, id: string): string[] {
  const plain = name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, lengthMax)
    .replaceAll(/^-+|-+$/g, "");
  const base = plain.length >= 2 ? plain : "negocio";
  return [...(plain.length >= 2 ? [base] : []), `${base}-2`, `${base}-3`, `${base}-${id.replaceAll("-", "").slice(-8)}`];
}
