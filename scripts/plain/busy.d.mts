export function waitForLock(what: string): Promise<() => void>;
