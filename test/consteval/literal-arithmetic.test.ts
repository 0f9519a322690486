/** Arithmetic on literals: the values are what const evaluation says, and where it says an error they are left to it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { openFiles } from "../support/open-semantics.ts";

const OPERATORS = ["+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>"];

/** A type and an operation on literals, negated ones where the type has them. */
function operationIn(types: readonly [string, ...string[]], isSigned: boolean): fc.Arbitrary<readonly [type: string, text: string]> {
  const literal = fc.integer({ min: 0, max: 300 }).map(String);
  const { operation } = fc.letrec<{ operand: string; operation: string }>((tie) => ({
    operand: fc.oneof(
      { maxDepth: 3 },
      literal,
      isSigned ? literal.map((digits) => `-${digits}`) : literal,
      tie("operation"),
      isSigned ? tie("operation").map((inner) => `-${inner}`) : tie("operation"),
    ),
    operation: fc.tuple(tie("operand"), fc.constantFrom(...OPERATORS), tie("operand")).map(([a, op, b]) => `(${a} ${op} ${b})`),
  }));
  return fc.tuple(fc.constantFrom(...types), operation);
}

const anyOperation = fc.oneof(operationIn(["u8", "u16", "u64", "usize"], false), operationIn(["i8", "i32", "i128", "isize"], true));

test("a discriminant is the same whether it is computed at once or evaluated", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyOperation, { minLength: 20, maxLength: 20 }), async (cases) => {
      // What goes through a function is evaluated.
      const source = cases
        .map(
          ([type, text], i) => `const fn same${i}(x: ${type}) -> ${type} { x }
#[repr(${type})] enum Literal${i} { A = ${text} }
#[repr(${type})] enum Evaluated${i} { A = same${i}(${text}) }`,
        )
        .join("\n");
      const { semantics } = await openFiles({ "/ws/lib.rs": source });
      const known = new Map(
        semantics.definitions("/ws/lib.rs").map((definition) => {
          const answer = semantics.layoutOf(definition);
          return [definition.name, answer.status === "exact" ? JSON.stringify(answer.layout, shown) : answer.status];
        }),
      );
      for (let i = 0; i < cases.length; i++) assert.equal(known.get(`Literal${i}`), known.get(`Evaluated${i}`), cases[i]?.join(": "));
    }),
    { numRuns: 15 },
  );
});

/** Definitions by name: which one it is makes no difference. */
function shown(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${value}` : value;
}

test("of literals nothing is evaluated", async () => {
  const variants = Array.from({ length: 100 }, (_, i) => `V${i} = ${i} * 2 + 1`).join(", ");
  const { host, semantics } = await openFiles({ "/ws/lib.rs": `#[repr(u16)] enum E { ${variants} }` });
  const [definition] = semantics.definitions("/ws/lib.rs");
  assert.ok(definition !== undefined);
  assert.equal(semantics.layoutOf(definition).status, "exact");
  assert.equal(host.runtime.workCounts.get("const") ?? 0, 0);
});
