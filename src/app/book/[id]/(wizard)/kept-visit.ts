import { keepWords, readKeptWords } from "#ui/wizard/kept-words.ts";

/** What a customer typed, and what a visit's address said of them, kept in its tab. */
export const keptNames = ["name", "email", "phone"] as const;
export type Entries = Partial<Record<(typeof keptNames)[number] | `answers.${string}`, string>>;

const entriesKey = (link: string) => `konfirmado.details.${link}`;

export const readEntries = (link: string): Entries => readKeptWords(entriesKey(link));
export const keepEntries = (link: string, entries: Entries): void => keepWords(entriesKey(link), entries);
