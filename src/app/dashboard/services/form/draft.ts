import type { QuestionKind } from "#contracts/answers.ts";
import type { Service, ServicePatch } from "#contracts/services.ts";
import { amountText, readAmount } from "#ui/dashboard/amounts.ts";
import { type Locale, locales } from "#ui/i18n/locales.ts";

export const leadUnits = { minutes: 1, hours: 60, days: 1440 } as const;
export type LeadUnit = keyof typeof leadUnits;
export type QuestionDraft = {
  /** Of the row on the page; a saved question has an id too. */
  key: string;
  id?: string;
  kind: QuestionKind;
  label: string;
  options: string;
  isRequired: boolean;
  isPersonal: boolean;
};
export type TermDraft = { hoursBefore: string; percentBack: string };

/** What is typed, as it is typed. */
export type Draft = {
  name: string;
  description: string;
  imageUrl: string;
  durationMinutes: string;
  bufferBeforeMinutes: string;
  bufferAfterMinutes: string;
  stepMinutes: string;
  lead: { value: string; unit: LeadUnit };
  horizonDays: string;
  price: string;
  chargeType: Service["chargeType"];
  depositKind: "percent" | "amount";
  depositPercent: string;
  deposit: string;
  capacityPolicy: Service["capacityPolicy"];
  holdMinutes: string;
  hasTerms: boolean;
  terms: TermDraft[];
  fee: string;
  questions: QuestionDraft[];
  translations: Partial<Record<Locale, { name: string; description: string }>>;
  professionalIds: string[];
  /** Empty: the default one. */
  locationId: string;
  online: boolean;
  active: boolean;
};
export type DraftKey = keyof Draft;
export type Setter = <Key extends DraftKey>(key: Key, value: Draft[Key]) => void;
export type ServiceValues = Omit<Service, "id" | "position" | "amountDueMinor" | "archivedAt" | "version" | "createdAt" | "updatedAt">;

export const usualTerms: TermDraft[] = [
  { hoursBefore: "48", percentBack: "100" },
  { hoursBefore: "24", percentBack: "50" },
];

export function draftOf(values: ServiceValues, locale: string): Draft {
  const { currency, cancellation, depositMinor, leadMinutes, questions, holdMinutes } = values;
  const money = (minor: number) => amountText(minor, currency, locale);
  return {
    name: values.name,
    description: values.description,
    imageUrl: values.imageUrl ?? "",
    durationMinutes: String(values.durationMinutes),
    bufferBeforeMinutes: String(values.bufferBeforeMinutes),
    bufferAfterMinutes: String(values.bufferAfterMinutes),
    stepMinutes: String(values.stepMinutes),
    lead: leadOf(leadMinutes),
    horizonDays: String(values.horizonDays),
    price: money(values.priceMinor),
    chargeType: values.chargeType,
    depositKind: depositMinor === null ? "percent" : "amount",
    depositPercent: String(values.depositPercent),
    deposit: depositMinor === null ? "" : money(depositMinor),
    capacityPolicy: values.capacityPolicy,
    holdMinutes: holdMinutes === null ? "" : String(holdMinutes),
    hasTerms: cancellation !== null,
    terms: cancellation
      ? cancellation.steps.map(({ hoursBefore, percentBack }) => ({ hoursBefore: String(hoursBefore), percentBack: String(percentBack) }))
      : usualTerms,
    fee: cancellation && cancellation.feeMinor > 0 ? money(cancellation.feeMinor) : "",
    questions: questions.map(({ options, ...question }) => ({ ...question, key: question.id, options: options.join("\n") })),
    translations: values.translations,
    professionalIds: values.professionalIds.toSorted(),
    locationId: values.locationId ?? "",
    online: values.online,
    active: values.active,
  };
}

/** What the API takes. What cannot be read becomes -1: the server then says which field it is. */
export function bodyOf(draft: Draft, currency: string): Omit<ServicePatch, "version"> {
  const { chargeType, capacityPolicy, professionalIds, online, active } = draft;
  return {
    name: draft.name,
    description: draft.description,
    imageUrl: draft.imageUrl.trim() || null,
    durationMinutes: wholeNumber(draft.durationMinutes),
    bufferBeforeMinutes: wholeNumber(draft.bufferBeforeMinutes),
    bufferAfterMinutes: wholeNumber(draft.bufferAfterMinutes),
    stepMinutes: wholeNumber(draft.stepMinutes),
    leadMinutes: wholeNumber(draft.lead.value) * leadUnits[draft.lead.unit],
    horizonDays: wholeNumber(draft.horizonDays),
    priceMinor: readAmount(draft.price, currency) ?? unreadable,
    chargeType,
    depositPercent: wholeNumber(draft.depositPercent),
    depositMinor: draft.depositKind === "amount" && chargeType === "partial" ? (readAmount(draft.deposit, currency) ?? unreadable) : null,
    capacityPolicy,
    holdMinutes: draft.holdMinutes.trim() === "" ? null : wholeNumber(draft.holdMinutes),
    cancellation: draft.hasTerms ? cancellationOf(draft, currency) : null,
    questions: draft.questions.map(questionOf),
    translations: Object.fromEntries(
      locales.flatMap((language) => {
        const words = draft.translations[language];
        return words && (words.name.trim() || words.description.trim()) ? [[language, words]] : [];
      }),
    ),
    professionalIds,
    locationId: draft.locationId || null,
    online,
    active,
  };
}

/** Only what differs, so that what somebody else saved meanwhile stays. */
export function changesOf(before: object, after: Omit<ServicePatch, "version">): Omit<ServicePatch, "version"> {
  const old = new Map(Object.entries(before));
  return Object.fromEntries(Object.entries(after).filter(([key, value]) => JSON.stringify(old.get(key)) !== JSON.stringify(value)));
}

const unreadable = -1;
const wholeNumber = (text: string): number => (text.trim() === "" || Number.isNaN(Number(text)) ? unreadable : Number(text));

function cancellationOf({ terms, fee }: Draft, currency: string) {
  const steps = terms.map(({ hoursBefore, percentBack }) => ({
    hoursBefore: wholeNumber(hoursBefore),
    percentBack: wholeNumber(percentBack),
  }));
  return {
    steps: steps.toSorted((a, b) => b.hoursBefore - a.hoursBefore),
    feeMinor: fee.trim() === "" ? 0 : (readAmount(fee, currency) ?? unreadable),
  };
}

function questionOf({ key: _, options, ...question }: QuestionDraft) {
  const lines = options.split("\n").map((line) => line.trim());
  return { ...question, options: question.kind === "choice" ? lines.filter((line) => line !== "") : [] };
}

function leadOf(minutes: number): Draft["lead"] {
  const unit: LeadUnit =
    minutes > 0 && minutes % leadUnits.days === 0 ? "days" : minutes > 0 && minutes % leadUnits.hours === 0 ? "hours" : "minutes";
  return { value: String(minutes / leadUnits[unit]), unit };
}
