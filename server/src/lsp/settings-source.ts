/**
 * Where settings come from: the client's answer to `workspace/configuration`, else what `workspace/didChangeConfiguration` last
 * brought, else `initializationOptions`. Each may hold the sections `stowplan` and `rust-analyzer`, the same with dotted keys
 * (`"stowplan.target"`), or just what stands in the section `stowplan`.
 *
 * Invariant: what says nothing about a section leaves the earlier word; nothing is thrown.
 */

import { isRecord } from "./params.ts";
import { SETTINGS } from "./settings.ts";

export interface SettingsSections {
  readonly stowplan: unknown;
  readonly rustAnalyzer: unknown;
}

/** The first words of our keys, by which the bare contents of our section are known. */
const OWN_WORDS = new Set(Object.keys(SETTINGS).map((key) => key.split(".", 1)[0]));

/** The sections in what a client sent as one value. */
export function sectionsIn(value: unknown): SettingsSections {
  if (!isRecord(value)) return { stowplan: undefined, rustAnalyzer: undefined };
  const rustAnalyzer = section(value, "rust-analyzer");
  const named = section(value, "stowplan");
  if (named !== undefined) return { stowplan: named, rustAnalyzer };
  const isBare = Object.keys(value).some((key) => OWN_WORDS.has(key.split(".", 1)[0]));
  return { stowplan: isBare ? value : undefined, rustAnalyzer };
}

/** For each section the first that says something about it. */
export function firstOf(sources: readonly SettingsSections[]): SettingsSections {
  return {
    stowplan: sources.find(({ stowplan }) => stowplan !== undefined)?.stowplan,
    rustAnalyzer: sources.find(({ rustAnalyzer }) => rustAnalyzer !== undefined)?.rustAnalyzer,
  };
}

/** What a client answers for one section of `workspace/configuration`: null and `{}` are how clients say that they have none. */
export function answeredSection(value: unknown): unknown {
  return isRecord(value) && Object.keys(value).length > 0 ? value : undefined;
}

function section(value: Readonly<Record<string, unknown>>, name: string): unknown {
  const nested = value[name];
  if (isRecord(nested)) return nested;
  const dotted = Object.entries(value).filter(([key]) => key.startsWith(`${name}.`));
  return dotted.length === 0 ? undefined : Object.fromEntries(dotted.map(([key, entry]) => [key.slice(name.length + 1), entry]));
}
