import type { SearchParams } from "#app/book/address.ts";

export type Asked = { params: Promise<{ id: string }>; searchParams: SearchParams };
