export type PromiseName = "slot" | "money" | "hold" | "silence" | "callback";

/** `query` gives tenant_id and id of what breaks a promise. Its joins are linear in the rows. */
export type Check = {
  promise: PromiseName;
  problem: string;
  query: string;
  /** The rows also have a `job_key`, and break the promise only if no such job is left. */
  isKeptByJob?: true;
};

export const money = "('approved', 'refunding', 'partly_refunded', 'disputed')";
export const paid = "('paid', 'confirmed')";
