/**
 * The one rule for what customers answer to a service's questions. The page runs it too, so it
 * needs no package.
 */
export const questionKinds = ["text", "choice", "yes_no"] as const;
export type QuestionKind = (typeof questionKinds)[number];

export type Question = {
  id: string;
  kind: QuestionKind;
  label: string;
  /** Of a choice. */
  options: string[];
  isRequired: boolean;
  /** Its answers are encrypted. */
  isPersonal: boolean;
};
export type AnswerGiven = string | boolean;
/** By the question's id. */
export type Answers = Record<string, AnswerGiven>;

export const answerLengthMax = 2000;
/** Line breaks and tabs are fine in a text, other control characters are not. */
const unwritable = /(?![\n\t])[\p{Cc}\p{Cs}]/u;

export type AnswerProblem = "missing" | "invalid";
/** `value` is null without an answer to what need not be answered. */
export type ReadAnswer = { value: string | null } | { problem: AnswerProblem };

/** A yes or no becomes `yes` or `no`. */
export function readAnswer({ kind, options, isRequired }: Question, given: AnswerGiven | undefined): ReadAnswer {
  const text = typeof given === "boolean" ? (given ? "yes" : "no") : tidied(given ?? "");
  if (text === "") return isRequired ? { problem: "missing" } : { value: null };
  return isAnswer(kind, text, options) ? { value: text } : { problem: "invalid" };
}

function isAnswer(kind: QuestionKind, text: string, options: string[]): boolean {
  switch (kind) {
    case "text":
      return text.length <= answerLengthMax && !unwritable.test(text);
    case "choice":
      return options.includes(text);
    case "yes_no":
      return text === "yes" || text === "no";
    default:
      return kind satisfies never;
  }
}

function tidied(text: string): string {
  return text.normalize("NFC").replaceAll(/\r\n?/g, "\n").trim();
}
