"use client";

import { useMessages } from "next-intl";

/** `links.change` as "Enlaces: cambiar". */
export function usePermissionWords() {
  const { area, verb } = useMessages().keys;
  const areas: Record<string, string> = area;
  const verbs: Record<string, string> = verb;
  const areaOf = (permission: string): string => permission.split(".")[0] ?? permission;
  const verbOf = (permission: string): string => permission.split(".")[1] ?? permission;
  return {
    areaOf,
    areaWords: (name: string) => areas[name] ?? name,
    verbWords: (permission: string) => verbs[verbOf(permission)] ?? verbOf(permission),
    words: (permission: string) =>
      `${areas[areaOf(permission)] ?? areaOf(permission)}: ${(verbs[verbOf(permission)] ?? verbOf(permission)).toLowerCase()}`,
  };
}
