/**
 * Versions of rustc, as far as layout depends on them.
 *
 * Invariant: a nightly or beta counts as the release it leads to; what a release changed is in its last nightlies but not in its
 * first ones, so a nightly's answers can differ from the true ones for a few weeks.
 *
 * Example: `parseCompilerVersion("1.97.0-nightly")` is `{ major: 1, minor: 97, patch: 0, channel: "nightly" }`.
 */

export interface CompilerVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly channel: "stable" | "beta" | "nightly" | "dev";
}

const VERSION = /^(\d+)\.(\d+)(?:\.(\d+))?(?:-(beta|nightly|dev)\S*)?$/;

/** Reads `1.95`, `1.95.0`, `1.97.0-nightly` or `1.96.0-beta.3`; undefined for anything else. */
export function parseCompilerVersion(text: string): CompilerVersion | undefined {
  const match = VERSION.exec(text.trim());
  if (match === null) return undefined;
  const [, major, minor, patch, channel] = match;
  return { major: Number(major), minor: Number(minor), patch: Number(patch ?? "0"), channel: channelOf(channel) };
}

/** Whether a version is at least `1.minor`. */
export function isAtLeast(version: CompilerVersion, minor: number): boolean {
  return version.major > 1 || (version.major === 1 && version.minor >= minor);
}

/** A version as rustc prints it, without its date: `1.97.0-nightly`. */
export function showCompilerVersion(version: CompilerVersion): string {
  const suffix = version.channel === "stable" ? "" : `-${version.channel}`;
  return `${version.major}.${version.minor}.${version.patch}${suffix}`;
}

function channelOf(text: string | undefined): CompilerVersion["channel"] {
  return text === "beta" || text === "nightly" || text === "dev" ? text : "stable";
}
