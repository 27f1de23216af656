export class Sentence extends Error {}
export function tell(error: unknown): number;
