export const node26: string;
export function ensureInstalled(): Promise<void>;
