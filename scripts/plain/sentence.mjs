/**
 * An expected problem in plain words: what is wrong, with which value, and what to do. Everything
 * else is a bug and shows its stack.
 */
export class Sentence extends Error {
  name = "Sentence";
}

/** Prints a problem and returns its exit code. */
export function tell(error) {
  // src/platform/env.ts writes EnvProblem in sentences.
  const isTold = error instanceof Sentence || error?.name === "EnvProblem";
  console.error(isTold ? `\n  ${error.message}\n` : error);
  return 1;
}
