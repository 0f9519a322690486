/**
 * `grammars/test/corpus/*.txt`: sources and the trees the built grammar gives them, in tree-sitter's corpus format.
 *
 * Example: a section is a name between two rows of `=`, the source, a row `---`, the tree.
 * `UPDATE_EXPECT=1` writes the trees anew; the difference is for people to read.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { rustGrammar } from "../support/grammar.ts";

interface Section {
  readonly name: string;
  readonly source: string;
  readonly tree: string;
}

const folder = "grammars/test/corpus";
const row = "=".repeat(80);

function readSections(text: string): readonly Section[] {
  const heads = [...text.matchAll(/^={3,}\n(.+)\n={3,}\n/gm)];
  return heads.map((head, index) => {
    const body = text.slice(head.index + head[0].length, heads[index + 1]?.index);
    const [source = "", tree = ""] = body.split(/^---$/m);
    return { name: head[1] ?? "", source: source.replace(/^\n/, "").replace(/\n\n$/, "\n"), tree: tree.trim() };
  });
}

function showSections(sections: readonly Section[]): string {
  return sections.map(({ name, source, tree }) => `${row}\n${name}\n${row}\n\n${source}\n---\n\n${tree}\n`).join("\n");
}

/** Puts each node on a line of its own, indented by its depth. */
function layOut(expression: string): string {
  let depth = 0;
  return expression.replace(/ ((?:\w+: )?)\(|([()])/g, (match, field: string | undefined) => {
    depth += match === ")" ? -1 : 1;
    return field === undefined ? match : `\n${"  ".repeat(depth - 1)}${field}(`;
  });
}

for (const file of readdirSync(folder)) {
  const path = `${folder}/${file}`;
  const sections = readSections(readFileSync(path, "utf8"));
  if (process.env["UPDATE_EXPECT"] === "1") {
    const grammar = await rustGrammar();
    writeFileSync(path, showSections(sections.map((section) => ({ ...section, tree: layOut(grammar.expression(section.source)) }))));
  }
  for (const { name, source, tree } of readSections(readFileSync(path, "utf8"))) {
    test(`${file}: ${name}`, async () => {
      const grammar = await rustGrammar();
      assert.equal(layOut(grammar.expression(source)), tree);
      assert.deepEqual(grammar.errors(source), []);
    });
  }
}

test("every corpus file has sections", () => {
  assert.ok(readdirSync(folder).every((file) => readSections(readFileSync(`${folder}/${file}`, "utf8")).length > 0));
});
