import type { FieldErrors, Resolver, ResolverResult } from "react-hook-form";
import { type Question, readAnswer } from "#contracts/answers.ts";
import { readEmail, readName, readPhone } from "#contracts/contact.ts";

export type DetailsValues = { name: string; email: string; phone: string; answers: Record<string, string>; acceptedTerms: boolean };

export const detailsNames = ["name", "email", "phone", "acceptedTerms"] as const satisfies readonly (keyof DetailsValues)[];

/**
 * Reports only which fields are wrong; the catalogue has the words. The rule is the server's own,
 * which then also knows every country's phone numbers.
 */
export function detailsResolver(questions: readonly Question[]): Resolver<DetailsValues> {
  return (given) => readDetails(given, questions);
}

function readDetails(given: DetailsValues, questions: readonly Question[]): ResolverResult<DetailsValues> {
  const [name, email, phone] = [readName(given.name), readEmail(given.email), readPhone(given.phone)];
  const { acceptedTerms } = given;
  const read = questions.map((question) => ({ id: question.id, answer: readAnswer(question, given.answers?.[question.id] || undefined) }));
  const wrong = read.flatMap(({ id, answer }) => ("problem" in answer ? [[id, { type: answer.problem }] as const] : []));
  const answers = Object.fromEntries(
    read.flatMap(({ id, answer }) => ("value" in answer && answer.value !== null ? [[id, answer.value]] : [])),
  );
  if (name !== null && email?.unsendable === false && phone !== null && acceptedTerms && wrong.length === 0)
    return { values: { name, email: email.address, phone, answers, acceptedTerms }, errors: {} };
  const errors: FieldErrors<DetailsValues> = {};
  if (name === null) errors.name = { type: "invalid" };
  if (email?.unsendable !== false) errors.email = { type: email ? "unsendable" : "invalid" };
  if (phone === null) errors.phone = { type: isEmpty(given.phone) ? "missing" : "invalid" };
  if (wrong.length > 0) errors.answers = Object.fromEntries(wrong);
  if (!acceptedTerms) errors.acceptedTerms = { type: "invalid" };
  return { values: {}, errors };
}

const isEmpty = (text: string): boolean => text.trim() === "";
