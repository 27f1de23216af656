/** An expected problem, told to the person in plain words: what is wrong, with which value, and what to do. Everything else is a bug and shows its stack. */
export class Sentence extends Error {
  name = "Sentence";
}

/** Prints a problem and gives the exit code for it. */
export function tell(error) {
  // EnvProblem: src/platform/env.ts says in sentences which values are wrong.
  const isTold = error instanceof Sentence || error?.name === "EnvProblem";
  console.error(isTold ? `\n  ${error.message}\n` : error);
  return 1;
}
