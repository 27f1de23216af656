/**
 * Who asks for a change. Every command that a person may cause takes `{ caller, input }`, and its
 * event says who did it. A customer is known by a session, of which only the hash is stored.
 */
export type Caller =
  /** `isBrowser`: known by a cookie. A program leaves it out; its sessions are a world apart. */
  | { kind: "customer"; session: string | null; address: string | null; isBrowser?: true }
  | { kind: "member"; memberId: string }
  | { kind: "api_key"; apiKeyId: string }
  | { kind: "provider"; provider: string }
  | { kind: "operator" }
  | { kind: "system" };

export type Customer = Extract<Caller, { kind: "customer" }>;

/** As events store it. The set is closed, so that "who did this?" always has an answer. */
export type Actor = "customer" | "provider" | "system" | "operator" | `member:${string}` | `api-key:${string}`;

export const system: Caller = { kind: "system" };

export function actorOf(caller: Caller): Actor {
  switch (caller.kind) {
    case "member":
      return `member:${caller.memberId}`;
    case "api_key":
      return `api-key:${caller.apiKeyId}`;
    default:
      return caller.kind;
  }
}
