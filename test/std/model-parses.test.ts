/** Every line of the standard library's model is one item of Rust that the product's parser reads without an error. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { rustParser } from "../support/rust-parser.ts";

const folder = join(process.cwd(), "server/std");

/** A stored line as Rust: without its mark, a family's numbers or traits filled in. */
function item(line: string): string {
  return line.replace(/^(@\w+ )?(%\d+ )?/, "").replaceAll(/\$\d/g, "::T");
}

for (const name of readdirSync(folder).filter((file) => file.endsWith(".txt") && file !== "const.txt")) {
  test(`every line of ${name} parses as items without an error`, async () => {
    const parser = await rustParser();
    const wrong: string[] = [];
    for (const file of readFileSync(join(folder, name), "utf8").split("//# ").slice(1)) {
      const lines = file.split("\n").slice(1, -1).map(item);
      const units = parser.parseFile(lines.join("\n"), {
        reuse: () => undefined,
        lower: ({ text, node }) => {
          if (node.hasError || node.kind === "ERROR") wrong.push(text);
        },
      });
      if (units.length !== lines.length)
        wrong.push(`${units.length} items in ${lines.length} lines of ${file.slice(0, file.indexOf("\n"))}`);
    }
    assert.deepEqual(wrong, []);
  });
}
