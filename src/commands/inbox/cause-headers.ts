/**
 * Stored beside the provider's own headers. A request cannot set them. `mode` is the connection's
 * when it was proven that the event is the provider's.
 */
export const causeHeaders = { requestId: "konfirmado-request-id", trace: "konfirmado-traceparent", mode: "konfirmado-mode" } as const;
