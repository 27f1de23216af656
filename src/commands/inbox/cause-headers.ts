/** Stored beside the provider's own headers. A request cannot set them. */
export const causeHeaders = { requestId: "konfirmado-request-id", trace: "konfirmado-traceparent" } as const;
