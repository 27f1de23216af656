/** Where a merchant may begin. `messages/services` has the words, by the same key. */
export const serviceTemplates = {
  consultation: { durationMinutes: 30, online: false, price: "priced" },
  session: { durationMinutes: 50, online: false, price: "priced" },
  class: { durationMinutes: 60, online: false, price: "priced" },
  videoCall: { durationMinutes: 45, online: true, price: "priced" },
  firstCall: { durationMinutes: 15, online: false, price: "free" },
} as const satisfies Record<string, { durationMinutes: number; online: boolean; price: "priced" | "free" }>;
export type ServiceTemplate = keyof typeof serviceTemplates;

export function isServiceTemplate(word: string | undefined): word is ServiceTemplate {
  return word !== undefined && Object.hasOwn(serviceTemplates, word);
}
