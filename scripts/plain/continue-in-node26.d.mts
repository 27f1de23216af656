export function continueInNode26(file: string, args: string[], extra?: Record<string, string>): Promise<number>;
