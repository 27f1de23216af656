export type Judged = { notAsked: string } | { notAsked?: undefined; grave: string[]; others: string[] };
export function askRegistry(): Judged;
export function judge(asked: { stdout: string; stderr: string; error?: Error | undefined }): Judged;
