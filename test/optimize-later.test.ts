/** V8 is told nothing that it does not know: it would complain in the editor's output, and on the command line. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { test } from "node:test";
import { laterFlag } from "../server/src/optimize-later.ts";

test("each version of V8 has its own flag, and those that nobody looked at have none", () => {
  const flags = ["11.3.244.8-node.38", "12.4.254.21-node.57", "13.6.233.17-node.53", "14.6.202.34-node.40"].map(laterFlag);
  const later = "--invocation-count-for-turbofan=18000";
  assert.deepEqual(flags, ["--interrupt-budget=400000", later, later, later]);
  for (const unknown of ["10.2.154.26", "12.2.281.27-electron.0", "15.0.1", "", "x"]) assert.equal(laterFlag(unknown), undefined);
});

test("this one knows it, and says nothing", () => {
  const [name = ""] = (laterFlag(process.versions.v8) ?? "").split("=");
  assert.ok(execFileSync(process.execPath, ["--v8-options"], { encoding: "utf8" }).includes(`  ${name}`));
  const { stderr } = spawnSync(process.execPath, ["dist/cli.cjs", "type", "u8"], { encoding: "utf8" });
  assert.equal(stderr, "");
});
