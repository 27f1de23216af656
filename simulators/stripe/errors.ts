type ErrorBody = { type: string; message: string; code?: string; param?: string; doc_url?: string };

/**
 * An answer of the API that is no object. `isExecuted`: the request had passed the validation, so
 * the idempotency store keeps the answer: https://docs.stripe.com/api/idempotent_requests
 */
export class StripeRefusal extends Error {
  readonly status: 400 | 401 | 402 | 403 | 404 | 409 | 429;
  readonly isExecuted: boolean;
  readonly body: { error: ErrorBody };
  constructor(status: StripeRefusal["status"], error: Omit<ErrorBody, "type"> & { type?: string }, isExecuted = false) {
    super(error.message);
    this.status = status;
    this.isExecuted = isExecuted;
    const link = error.code ? { doc_url: `https://stripe.com/docs/error-codes/${error.code.replaceAll("_", "-")}` } : {};
    this.body = { error: { type: "invalid_request_error", ...link, ...error } };
  }
}

export const missing = (param: string) =>
  new StripeRefusal(400, { code: "parameter_missing", message: `Missing required param: ${param}.`, param });

export const invalid = (param: string, message: string, code = "parameter_invalid_integer") =>
  new StripeRefusal(400, { code, message, param });

export const noSuch = (what: string, id: string, param = what.replaceAll(" ", "_")) =>
  new StripeRefusal(404, { code: "resource_missing", message: `No such ${what}: '${id}'`, param });

/** After the validation, by the state of what the request is about. */
export const refused = (message: string, code?: string, param?: string) =>
  new StripeRefusal(400, { message, ...(code && { code }), ...(param && { param }) }, true);
