export type Lock = { holder: number; release?: undefined } | { holder?: undefined; wasLeftBehind: boolean; release: () => void };
export function takeLock(file: string): Lock;
