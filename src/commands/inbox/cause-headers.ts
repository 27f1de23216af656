/** Beside the provider's own headers in the inbox; never taken from outside. */
export const causeHeaders = { requestId: "konfirmado-request-id", trace: "konfirmado-traceparent" } as const;
