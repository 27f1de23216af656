import { z } from "zod";
import { isInOrder } from "#domain/cancellation.ts";
import { questionKinds } from "./answers.ts";

/** What a service promises and asks beside its price. As the table keeps it. */
const hoursMax = 24 * 365;
const stepsMax = 5;
const step = z.strictObject({
  hoursBefore: z.int().min(0).max(hoursMax),
  percentBack: z.int().min(0).max(100),
});
/** The longest notice first. */
export const cancellation = z
  .strictObject({ steps: z.array(step).min(1).max(stepsMax), feeMinor: z.int().min(0) })
  .refine(isInOrder, { path: ["steps"], message: "from the longest notice to the shortest, and never more back for less notice" });

/** One line, such as a name: it also stands in the subjects of mails. */
export function line(min: number, max: number) {
  return z
    .string()
    .trim()
    .min(min)
    .max(max)
    .refine((text) => !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(text), "no line breaks or control characters");
}

/** Several lines. */
export function lines(min: number, max: number) {
  return z
    .string()
    .trim()
    .min(min)
    .max(max)
    .refine((text) => !/(?![\n\r\t])[\p{Cc}\p{Cs}]/u.test(text), "no control characters");
}

const questionsMax = 20;
const optionsMax = 20;
export const question = z.strictObject({
  id: z.uuid(),
  kind: z.enum(questionKinds),
  label: line(1, 200),
  options: z.array(line(1, 100)).max(optionsMax),
  isRequired: z.boolean(),
  isPersonal: z.boolean(),
});
/** Without an id it is a new one. */
const questionGiven = question
  .partial({ id: true, options: true, isRequired: true, isPersonal: true })
  .refine(
    ({ kind, options = [] }) => (kind === "choice" ? options.length > 1 && new Set(options).size === options.length : options.length === 0),
    {
      path: ["options"],
      message: "a choice has 2 to 20 different options, other questions have none",
    },
  );
export const questionsGiven = z.array(questionGiven).max(questionsMax).refine(haveOwnIds, "two questions have the same id");
export type QuestionGiven = z.infer<typeof questionGiven>;

function haveOwnIds(questions: { id?: string | undefined }[]): boolean {
  const ids = questions.flatMap(({ id }) => id ?? []);
  return new Set(ids).size === ids.length;
}

export const languages = z.enum(["es", "en", "fr", "pt"]);
export const serviceNameLengths = { min: 3, max: 100 } as const;
export const serviceDescriptionLengths = { min: 10, max: 2000 } as const;
const words = z.strictObject({
  name: line(serviceNameLengths.min, serviceNameLengths.max),
  description: lines(serviceDescriptionLengths.min, serviceDescriptionLengths.max),
});
/** In other languages than the merchant's own. */
export const translations = z.partialRecord(languages, words);
export type Translations = z.infer<typeof translations>;
