/**
 * TOML as checked values: a parse that never throws, and small readers that answer undefined for what is not of the wanted
 * kind, so that a half-written manifest is read as far as it goes.
 *
 * A document that does not parse is read again without the lines the parser objects to (at most `MAX_REPAIRS` of them); the
 * objections are kept, so that the caller can say what is missing. Example: `[dependencies]\nserde = {` keeps the table.
 */

import type { TomlTable, TomlValue } from "smol-toml";
import { parse, TomlError } from "smol-toml";
import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";

export interface TomlDocument {
  readonly table: TomlTable;
  /** The first objection (with its 1-based line), when the text is not valid TOML; `table` is then what is left. */
  readonly problem: Message | undefined;
}

/** What git leaves in a file with conflicts; without these lines a lock file has both sides' packages. */
const CONFLICT_MARKERS = /^(?:<{7}|={7}|>{7}|\|{7})(?: .*)?$/gm;

/** Lines taken out of a broken document before it is given up as empty. */
const MAX_REPAIRS = 8;

/** Reads a document; a broken one answers what can be read of it. */
export function parseToml(text: string): TomlDocument {
  let rest = text.replace(CONFLICT_MARKERS, "");
  let problem: Message | undefined = rest === text ? undefined : msg("it has merge conflict markers");
  for (let repairs = 0; repairs <= MAX_REPAIRS; repairs += 1) {
    const parsed = parseStrictly(rest);
    if (parsed.ok) return { table: parsed.value, problem };
    problem ??= msg("line {line}: {problem}", { line: parsed.error.line, problem: firstSentence(parsed.error.message) });
    rest = withoutLine(rest, parsed.error.line);
  }
  return { table: {}, problem };
}

function parseStrictly(text: string): Result<TomlTable, TomlError> {
  try {
    return ok(parse(text));
  } catch (error) {
    if (error instanceof TomlError) return err(error);
    throw error;
  }
}

/** smol-toml's messages are `Invalid TOML document: REASON`, a blank line and a drawing of the place. */
function firstSentence(message: string): string {
  return (message.split("\n")[0] ?? "").replace(/^Invalid TOML document: /, "");
}

function withoutLine(text: string, line: number): string {
  const lines = text.split("\n");
  const at = Math.min(Math.max(line, 1), lines.length) - 1;
  if (lines[at]?.trim() !== "") {
    lines[at] = "";
    return lines.join("\n");
  }
  // The objection is to an end that comes too early: the last line with something on it has opened what is not closed.
  const last = lines.findLastIndex((candidate) => candidate.trim() !== "");
  if (last >= 0) lines[last] = "";
  return lines.join("\n");
}

/** The value at a path of keys, or undefined when a table on the way is missing. */
export function tomlAt(table: TomlTable | undefined, ...keys: readonly string[]): TomlValue | undefined {
  let value: TomlValue | undefined = table;
  for (const key of keys) {
    value = asTable(value)?.[key];
  }
  return value;
}

export function asTable(value: unknown): TomlTable | undefined {
  return isTable(value) ? value : undefined;
}

/** The values of a table are only read through the functions of this file, which check them one by one. */
function isTable(value: unknown): value is TomlTable {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

export function asString(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function asBoolean(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

/** An array's strings (others are left out); undefined when the value is no array. */
export function asStrings(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : undefined;
}

/** An array's tables (others are left out); empty when the value is no array. */
export function asTables(value: unknown): readonly TomlTable[] {
  if (!Array.isArray(value)) return [];
  return value.map(asTable).filter((item) => item !== undefined);
}

/** The entries of a table that are tables themselves. */
export function tableEntries(value: unknown): readonly (readonly [string, TomlTable])[] {
  return Object.entries(asTable(value) ?? {}).flatMap(([key, item]) => {
    const table = asTable(item);
    return table === undefined ? [] : [[key, table] as const];
  });
}

/** JSON in place of TOML, with the same readers; undefined when it is not valid. */
export function parseJsonTable(text: string): TomlTable | undefined {
  try {
    return asTable(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
