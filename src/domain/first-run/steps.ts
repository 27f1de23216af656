/** The way from an empty account to money that is really taken, in this order. */
export const firstRunSteps = ["service", "professional", "link", "test_booking", "real_payments"] as const;
export type FirstRunStep = (typeof firstRunSteps)[number];

export type FirstRunFacts = {
  hasService: boolean;
  /** Somebody active gives an active service and has hours. */
  hasBookable: boolean;
  hasLiveLink: boolean;
  hasPaidBooking: boolean;
  takesRealPayments: boolean;
  /** Payments can be simulated here: never in production. */
  canSimulate: boolean;
};

/** What is done follows from what is there. Where nothing can be simulated, nobody has to. */
export function firstRunOf(facts: FirstRunFacts): { step: FirstRunStep; isDone: boolean }[] {
  const done: Record<FirstRunStep, boolean> = {
    service: facts.hasService,
    professional: facts.hasBookable,
    link: facts.hasLiveLink,
    test_booking: facts.hasPaidBooking,
    real_payments: facts.takesRealPayments,
  };
  return firstRunSteps
    .filter((step) => step !== "test_booking" || facts.canSimulate || facts.hasPaidBooking)
    .map((step) => ({ step, isDone: done[step] }));
}
