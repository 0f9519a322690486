/**
 * The engine against the compilers' kept answers (`npm run oracle` writes them): every version and target there is.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parseCompilerVersion } from "../../server/src/layout/compiler-version.ts";
import { engineFacts } from "./compare.ts";
import { contextOf } from "./context.ts";
import { EngineProgram } from "./engine-layout.ts";
import { comparable } from "./facts.ts";
import { oracleProgram, readExpectedFile, showFacts } from "./oracle-program.ts";
import { showItem } from "./rust-source.ts";
import { itemsByName } from "./type-model.ts";

const FOLDER = join(process.cwd(), "test/oracle/expected");

for (const version of readdirSync(FOLDER)) {
  for (const file of readdirSync(join(FOLDER, version))) {
    test(`layouts agree with rustc ${version} on ${file.replace(".json", "")}`, () => {
      const expected = readExpectedFile(readFileSync(join(FOLDER, version, file), "utf8"));
      const minor = parseCompilerVersion(expected.rustc)?.minor ?? 0;
      const cx = contextOf(expected.target, expected.rustc);
      const items = oracleProgram(cx, expected.target, minor);
      const program = new EngineProgram(cx, itemsByName(items));
      const shown = items.flatMap((item) => {
        if (item.kind === "struct" && item.generic === true) return [];
        return [[item.name, { rust: showItem(item), facts: showFacts(comparable(engineFacts(program, item.name), minor)) }] as const];
      });
      assert.deepEqual(Object.fromEntries(shown), expected.types);
    });
  }
}
