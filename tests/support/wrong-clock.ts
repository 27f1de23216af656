/**
 * For NODE_OPTIONS: the process believes that it is so many minutes later than the database says.
 */
export function wrongClock(minutes: number): string {
  const preload = `
const Right = Date;
globalThis.Date = class extends Right {
  constructor(...given) { given.length === 0 ? super(Right.now() + ${minutes * 60_000}) : super(...given); }
  static now() { return Right.now() + ${minutes * 60_000}; }
};`;
  return `--import=data:text/javascript,${encodeURIComponent(preload)}`;
}
