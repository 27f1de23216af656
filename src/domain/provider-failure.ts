export type ProviderFailureKind = "unreachable" | "refused" | "misconfigured" | "unexpected_reply";

type FailureInput = {
  provider: string;
  kind: ProviderFailureKind;
  message: string;
  retryAfterSeconds?: number | null;
  reason?: string;
  cause?: unknown;
};

/** `retriable` says whether a retry may help. Holds no secret and no personal data. */
export class ProviderFailure extends Error {
  readonly kind: ProviderFailureKind;
  readonly provider: string;
  readonly retriable: boolean;
  /** Seconds that the service asked us to wait (`Retry-After`), if it did. */
  readonly retryAfterSeconds: number | null;
  /** A code of what went wrong, where somebody must be told in plain words. */
  readonly reason: string | null;
  constructor(input: FailureInput) {
    super(`${input.provider}: ${input.message}`, { cause: input.cause });
    this.name = "ProviderFailure";
    this.provider = input.provider;
    this.kind = input.kind;
    this.retriable = input.kind === "unreachable" || input.kind === "unexpected_reply";
    this.retryAfterSeconds = input.retryAfterSeconds ?? null;
    this.reason = input.reason ?? null;
  }
}
