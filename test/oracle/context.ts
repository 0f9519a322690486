/**
 * Layout contexts for tests and tools, by target triple and version text.
 */
import { parseCompilerVersion } from "../../server/src/layout/compiler-version.ts";
import type { LayoutCx } from "../../server/src/layout/layout-cx.ts";
import { layoutRules } from "../../server/src/layout/layout-rules.ts";
import { targetByName, targetDataLayout } from "../../server/src/layout/targets.ts";

/** The context of a built-in target under a compiler version such as `1.95`; throws on unknown ones. */
export function contextOf(target: string, versionText = "1.95"): LayoutCx {
  const version = parseCompilerVersion(versionText);
  const spec = targetByName(target);
  if (version === undefined || spec === undefined) throw new Error(`no ${target} in ${versionText}`);
  const layout = targetDataLayout(spec, version);
  if (!layout.ok) throw new Error(`unreadable data layout of ${target}: ${layout.error.item}`);
  return { target: layout.value, rules: layoutRules(version) };
}
