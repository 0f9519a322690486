/** Types that hold each other without indirection: the reason names the same type whatever was asked before. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "../../server/src/base/words.ts";
import { openSemantics } from "../support/open-semantics.ts";

const SOURCE = `struct A(B); struct B(A); struct C(A);
struct G<T>(H<T>, T); enum H<T> { X(Option<G<T>>) } struct U(G<u8>);
struct Own([Own; 2]);
`;

const NAMED: Readonly<Record<string, string>> = { A: "A", B: "B", C: "A", U: "G", Own: "Own" };

for (const order of ["forwards", "backwards"] as const) {
  test(order, async () => {
    const sema = await openSemantics({ "/ws/lib.rs": SOURCE });
    const all = sema.definitions("/ws/lib.rs").filter(({ name }) => name in NAMED);
    assert.equal(all.length, 5);
    for (const definition of order === "forwards" ? all : all.toReversed()) {
      const answer = sema.layoutOf(definition);
      assert.ok(answer.status === "unknown");
      assert.ok(
        english(answer.reason).startsWith(`\`${NAMED[definition.name]}\` contains itself without indirection`),
        english(answer.reason),
      );
    }
  });
}
