/**
 * Versions and version requirements as cargo reads them: `1.2.3-rc.1+meta`, `^1.2`, `~1`, `>=1, <2`, `=1.0.0`, `1.*`.
 *
 * Invariant: a text that is no version or requirement answers undefined. Build metadata never takes part in a comparison.
 * Source: Cargo Book, "Specifying dependencies"; crate semver 1.0 (a pre-release matches only a requirement that names a
 * pre-release of the same `major.minor.patch`).
 */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly pre: readonly string[];
}

interface Comparator {
  readonly op: "=" | "^" | "~" | ">" | ">=" | "<" | "<=";
  readonly major: number;
  readonly minor: number | undefined;
  readonly patch: number | undefined;
  readonly pre: readonly string[];
}

export type VersionReq = readonly Comparator[];

const VERSION = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;
const COMPARATOR = /^(=|\^|~|>=|<=|>|<)?\s*v?(\d+|[*xX])(?:\.(\d+|[*xX]))?(?:\.(\d+|[*xX]))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;

/** Reads a full version. */
export function parseVersion(text: string): Version | undefined {
  const match = VERSION.exec(text);
  if (match === null) return undefined;
  const [, major, minor, patch, pre] = match;
  return { major: Number(major), minor: Number(minor), patch: Number(patch), pre: pre === undefined ? [] : pre.split(".") };
}

/** Negative, zero or positive as `a` is older than, equal to or newer than `b`. */
export function compareVersions(a: Version, b: Version): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch || comparePre(a.pre, b.pre);
}

/** The same over texts; a text that is no version is older than every version. */
export function compareVersionTexts(a: string, b: string): number {
  const left = parseVersion(a);
  const right = parseVersion(b);
  if (left !== undefined && right !== undefined) return compareVersions(left, right);
  return Number(left !== undefined) - Number(right !== undefined);
}

/** Reads a requirement; the empty text and `*` match everything but pre-releases. */
export function parseVersionReq(text: string): VersionReq | undefined {
  const comparators: Comparator[] = [];
  for (const piece of text.split(",")) {
    const trimmed = piece.trim();
    if (trimmed === "" || /^[*xX]$/.test(trimmed)) continue;
    const comparator = parseComparator(trimmed);
    if (comparator === undefined) return undefined;
    comparators.push(comparator);
  }
  return comparators;
}

/** Whether a version satisfies every comparator of the requirement. */
export function matchesReq(req: VersionReq, version: Version): boolean {
  if (!req.every((comparator) => matches(comparator, version))) return false;
  return version.pre.length === 0 || req.some((comparator) => namesPreReleaseOf(comparator, version));
}

/** Whether cargo would keep only one of two versions in a graph (same leftmost non-zero part). */
export function areCompatible(a: Version, b: Version): boolean {
  if (a.major !== b.major) return false;
  if (a.major > 0) return true;
  if (a.minor !== b.minor) return false;
  return a.minor > 0 || a.patch === b.patch;
}

function parseComparator(text: string): Comparator | undefined {
  const match = COMPARATOR.exec(text);
  if (match === null) return undefined;
  const [, op, major, minor, patch, pre] = match;
  if (isWildcard(major)) return undefined;
  const parts = { major: Number(major), minor: part(minor), patch: part(patch), pre: pre === undefined ? [] : pre.split(".") };
  const wildcard = isWildcard(minor) || isWildcard(patch);
  return { op: operator(op, wildcard), ...parts };
}

/** `1.*` is `=1`, `1.2.*` is `=1.2`; without an operator a requirement is a caret one. */
function operator(op: string | undefined, wildcard: boolean): Comparator["op"] {
  switch (op) {
    case "=":
    case "~":
    case ">":
    case ">=":
    case "<":
    case "<=":
      return op;
    default:
      return wildcard ? "=" : "^";
  }
}

function isWildcard(text: string | undefined): boolean {
  return text === "*" || text === "x" || text === "X";
}

function part(text: string | undefined): number | undefined {
  return text === undefined || isWildcard(text) ? undefined : Number(text);
}

function matches(comparator: Comparator, version: Version): boolean {
  switch (comparator.op) {
    case "=":
      return comparePartial(comparator, version) === 0;
    case ">":
      return comparePartial(comparator, version) > 0;
    case ">=":
      return comparePartial(comparator, version) >= 0;
    case "<":
      return comparePartial(comparator, version) < 0;
    case "<=":
      return comparePartial(comparator, version) <= 0;
    case "~":
      return matchesTilde(comparator, version);
    case "^":
      return matchesCaret(comparator, version);
  }
}

/** How the version stands to the parts the comparator names (negative: before them). */
function comparePartial(comparator: Comparator, version: Version): number {
  if (version.major !== comparator.major) return version.major - comparator.major;
  if (comparator.minor === undefined) return 0;
  if (version.minor !== comparator.minor) return version.minor - comparator.minor;
  if (comparator.patch === undefined) return 0;
  return version.patch - comparator.patch || comparePre(version.pre, comparator.pre);
}

function atLeast(comparator: Comparator, version: Version): boolean {
  const lowest: Version = { major: comparator.major, minor: comparator.minor ?? 0, patch: comparator.patch ?? 0, pre: comparator.pre };
  return compareVersions(version, lowest) >= 0;
}

function matchesTilde(comparator: Comparator, version: Version): boolean {
  if (version.major !== comparator.major) return false;
  if (comparator.minor !== undefined && version.minor !== comparator.minor) return false;
  return atLeast(comparator, version);
}

function matchesCaret(comparator: Comparator, version: Version): boolean {
  const { major, minor, patch } = comparator;
  if (version.major !== major) return false;
  if (minor === undefined) return true;
  if (!atLeast(comparator, version)) return false;
  if (major > 0) return true;
  if (version.minor !== minor) return false;
  return patch === undefined || minor > 0 || version.patch === patch;
}

function namesPreReleaseOf(comparator: Comparator, version: Version): boolean {
  const { major, minor, patch, pre } = comparator;
  return pre.length > 0 && major === version.major && minor === version.minor && patch === version.patch;
}

/** No pre-release is newer than any; numbers compare as numbers and are older than words. */
function comparePre(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
    const order = compareIdentifiers(a[i], b[i]);
    if (order !== 0) return order;
  }
  return 0;
}

function compareIdentifiers(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  const numeric = [/^\d+$/.test(a), /^\d+$/.test(b)] as const;
  if (numeric[0] && numeric[1]) return Number(a) - Number(b);
  if (numeric[0] !== numeric[1]) return numeric[0] ? -1 : 1;
  return a === b ? 0 : a < b ? -1 : 1;
}
