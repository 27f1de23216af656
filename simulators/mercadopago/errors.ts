export type Problem = { status: 400 | 401 | 403 | 404 | 409; body: { message: string; error: string; status: number; cause: object[] } };

export function problem(status: Problem["status"], error: string, message: string, code?: number): Problem {
  return { status, body: { message, error, status, cause: code === undefined ? [] : [{ code, description: message, data: null }] } };
}

const currencies: Readonly<Record<string, string>> = {
  MCO: "COP",
  MLA: "ARS",
  MLB: "BRL",
  MLC: "CLP",
  MLM: "MXN",
  MLU: "UYU",
  MPE: "PEN",
};
export const currencyOf = (siteId: string): string => currencies[siteId] ?? "COP";
