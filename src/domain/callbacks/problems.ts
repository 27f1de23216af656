/** What keeps a merchant's server from taking a callback. Each has words for people. */
export const callbackProblems = [
  "address",
  "private_address",
  "dns",
  "timeout",
  "tls",
  "connection",
  "redirect",
  "unauthorized",
  "not_found",
  "method",
  "gone",
  "content_type",
  "too_many",
  "server_error",
  "other_status",
  "web_page",
] as const;
export type CallbackProblem = (typeof callbackProblems)[number];

export function isCallbackProblem(word: string | null): word is CallbackProblem {
  return callbackProblems.some((problem) => problem === word);
}

/** https://nodejs.org/api/tls.html#x509-certificate-error-codes and OpenSSL's own. */
export function isTlsCode(code: string): boolean {
  return /^(ERR_TLS_|ERR_SSL_|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_CA|HOSTNAME_MISMATCH|EPROTO$)/.test(code);
}

const byStatus: Readonly<Record<number, CallbackProblem>> = {
  401: "unauthorized",
  403: "unauthorized",
  404: "not_found",
  405: "method",
  410: "gone",
  415: "content_type",
  429: "too_many",
};

/**
 * Null for an answer that counts as taken. A web page counts too, but a person should know: it is
 * often the wrong address.
 */
export function problemOfAnswer({ status, contentType }: { status: number; contentType: string | null }): CallbackProblem | null {
  if (status >= 200 && status < 300) return /^text\/html\b/i.test(contentType ?? "") ? "web_page" : null;
  if (status >= 300 && status < 400) return "redirect";
  return byStatus[status] ?? (status >= 500 ? "server_error" : "other_status");
}
