/**
 * Why a definition of the standard library's data is in doubt, as it stands in the data's texts: `#[stowplan_unknown("version 1.90")]`
 * marks what the models around a version disagree on, `#[stowplan_unknown("target x86_64-unknown-none")]` the same of a target's.
 */
import type { Message } from "../base/message.ts";
import { msg, verbatim } from "../base/message.ts";

/** What is said of a marked definition. */
export function stdDoubt(marker: string): Message {
  const [, what, name = ""] = /^(version|target) (.+)$/s.exec(marker) ?? [];
  if (what === "version") return msg("std {version} is not bundled", { version: name });
  if (what === "target") return msg("std for {target} is not bundled", { target: name });
  return marker === "" ? msg("not in the std model") : verbatim(marker);
}
