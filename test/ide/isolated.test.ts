/** A defect in one definition: told once, a reason in its place, and everything that is said of the others. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Pending } from "../../server/src/base/file-system.ts";
import { finished } from "../../server/src/base/resumed.ts";
import type { Semantics, TypeDefinition } from "../../server/src/hir/model.ts";
import { DEFAULT_DIAGNOSTICS, DEFAULT_HOVER, DEFAULT_INLAY_HINTS } from "../../server/src/ide/config.ts";
import { diagnostics } from "../../server/src/ide/diagnostics.ts";
import { checkFile } from "../../server/src/ide/file-check.ts";
import { hover } from "../../server/src/ide/hover.ts";
import { inlayHints } from "../../server/src/ide/inlay-hints.ts";
import { renderMarkdown } from "../../server/src/ide/markup.ts";
import { reportEntry, reportItems } from "../../server/src/ide/report.ts";
import { at } from "../lsp/client.ts";
import { FILE } from "../support/fake-places.ts";
import { fakeSemantics } from "../support/fake-semantics.ts";
import { array, enumeration, struct, U8, U32 } from "../support/fake-types.ts";

const SOURCE = `struct Good { a: u32, b: u8 }
struct Bad { c: u32, d: u8 }
enum Message { Ping, Blob([u8; 1024]) }
`;
const TYPES = [
  struct("Good", { a: U32, b: U8 }),
  struct("Bad", { c: U32, d: U8 }),
  enumeration("Message", { Ping: [], Blob: [array(U8, 1024n)] }),
];
const RANGE = { file: FILE, text: SOURCE, start: 0, end: SOURCE.length };

/** Semantics with a defect where `Bad` is asked for, and what was told of it. */
function broken(question: "layoutOf" | "fieldsOf", error: () => Error): { readonly sema: Semantics; readonly told: string[] } {
  const sema = fakeSemantics(SOURCE, TYPES);
  const told: string[] = [];
  const check = (definition: TypeDefinition): void => {
    if (definition.name === "Bad") throw error();
  };
  const asked: Pick<Semantics, "layoutOf" | "fieldsOf"> = {
    layoutOf: (definition) => {
      if (question === "layoutOf") check(definition);
      return sema.layoutOf(definition);
    },
    fieldsOf: (definition) => {
      if (question === "fieldsOf") check(definition);
      return sema.fieldsOf(definition);
    },
  };
  return { told, sema: { ...sema, ...asked, tellDefect: (what, defect) => void told.push(`${what}: ${String(defect)}`) } };
}

for (const question of ["layoutOf", "fieldsOf"] as const) {
  test(`${question} fails for one type`, () => {
    const { sema, told } = broken(question, () => new RangeError("Maximum call stack size exceeded"));
    const hints = finished(inlayHints(sema, RANGE, DEFAULT_INLAY_HINTS)).map((hint) => hint.parts.map((part) => part.text).join(""));
    assert.deepEqual(hints, ["8 B · 3 pad", "+3 pad", "1025 B", "1024 B"]);
    assert.deepEqual(
      diagnostics(sema, FILE, DEFAULT_DIAGNOSTICS).map(({ code }) => code),
      ["oversized-variant"],
    );
    const check = checkFile(sema, FILE, DEFAULT_DIAGNOSTICS);
    let step = check.next();
    while (step.done !== true) step = check.next();
    assert.deepEqual(step.value.counts, { exact: 2, generic: 0, unknown: 1 });
    const shown = hover(sema, { file: FILE, offset: SOURCE.indexOf("Bad") }, DEFAULT_HOVER);
    assert.ok(shown !== undefined);
    assert.match(renderMarkdown(shown.markup), /^Size unknown: an internal error, told in Stowplan's output/);
    const input = { files: [{ path: FILE, shown: "src/lib.rs", text: SOURCE }], file: () => undefined };
    assert.deepEqual(
      reportItems(sema, input).map((item) => {
        const entry = reportEntry(sema, item, input);
        return [entry.name, at(entry, "status"), at(entry, "reason")];
      }),
      [
        ["Good", "exact", undefined],
        ["Bad", "unknown", "an internal error, told in Stowplan's output"],
        ["Message", "exact", undefined],
      ],
    );
    assert.deepEqual(told, [`\`Bad\` in ${FILE}: RangeError: Maximum call stack size exceeded`]);
  });
}

test("a question that waits for files is no defect", () => {
  const { sema, told } = broken("layoutOf", () => new Pending(["/ws/part.rs"]));
  assert.throws(() => finished(inlayHints(sema, RANGE, DEFAULT_INLAY_HINTS)), Pending);
  assert.deepEqual(told, []);
});
