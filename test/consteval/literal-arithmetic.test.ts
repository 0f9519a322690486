/** Arithmetic on literals and constants: the values are what evaluation says, and where it says an error they are left to it. */
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
      fc.constantFrom("ONE", "MANY", isSigned ? "NEGATIVE" : "ONE"),
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
        .map(([type, text], i) => {
          const negative = type.startsWith("i") ? `const NEGATIVE: ${type} = -1;` : "";
          return `const fn same${i}(x: ${type}) -> ${type} { x }
mod m${i} {
  const ONE: ${type} = 1; const MANY: ${type} = ONE + 119; ${negative}
  const VALUE: ${type} = ${text};
  #[repr(${type})] enum Literal${i} { A = ${text} }
  #[repr(${type})] enum Named${i} { A = VALUE }
  #[repr(${type})] enum Evaluated${i} { A = super::same${i}(${text}) }
}`;
        })
        .join("\n");
      const { semantics } = await openFiles({ "/ws/lib.rs": source });
      const known = new Map(
        semantics.definitions("/ws/lib.rs").map((definition) => {
          const answer = semantics.layoutOf(definition);
          return [definition.name, answer.status === "exact" ? JSON.stringify(answer.layout, shown) : answer.status];
        }),
      );
      for (let i = 0; i < cases.length; i++) {
        assert.equal(known.get(`Literal${i}`), known.get(`Evaluated${i}`), cases[i]?.join(": "));
        assert.equal(known.get(`Named${i}`), known.get(`Evaluated${i}`), cases[i]?.join(": "));
      }
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

test("a chain of constants is followed to its end without the parser, each computed three times at most", async () => {
  const count = 3000;
  const chain = Array.from({ length: count }, (_, i) => `const C${i + 1}: usize = C${i} + 1;`).join("\n");
  const { host, semantics } = await openFiles({ "/ws/lib.rs": `const C0: usize = 0;\n${chain}\nstruct S([u8; C${count} - 2]);` });
  const [definition] = semantics.definitions("/ws/lib.rs");
  assert.ok(definition !== undefined);
  const answer = semantics.layoutOf(definition);
  assert.equal(answer.status === "exact" ? answer.layout.size : answer.status, BigInt(count - 2));
  assert.equal(host.runtime.workCounts.get("parseConst") ?? 0, 0);
  const computed = host.runtime.workCounts.get("constValue") ?? 0;
  assert.ok(computed <= 3 * count, `${computed}`);
});

test("constants of another type, or without a value, are left to evaluation", async () => {
  const source = `const SMALL: u8 = 200; const LARGE: usize = SMALL as usize + 1; const BAD: u8 = SMALL + 100;
static PLACE: usize = 3; mod m { pub const N: usize = 4; } const fn f() -> usize { 5 }
struct A([u8; LARGE]); struct B([u8; m::N + 1]); struct C([u8; BAD as usize]); struct D([u8; PLACE + 1]); struct E([u8; f() + m::N]);
struct F([u8; SMALL + 1]); struct G<const M: usize>([u8; M]); struct H(G<{ m::N * 2 }>);`;
  const { semantics } = await openFiles({ "/ws/lib.rs": source });
  const known = semantics.definitions("/ws/lib.rs").map((definition) => {
    const answer = semantics.layoutOf(definition);
    return `${definition.name} ${answer.status === "exact" ? answer.layout.size : answer.status}`;
  });
  assert.deepEqual(known, ["A 201", "B 5", "C unknown", "D 4", "E 9", "F unknown", "G generic", "H 8"]);
});
