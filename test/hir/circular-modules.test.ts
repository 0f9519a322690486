/**
 * Module files that lead back to themselves end with a reason.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectations } from "../support/fixture.ts";
import { openSemantics } from "../support/open-semantics.ts";

test("a module whose file is one that declares it is unknown, the rest of the file answers", async () => {
  const text = `#[path = "lib.rs"] mod me;
mod a;
struct Circular(me::Good); // unknown: module \`me\`
struct Through(a::root::Good); // unknown: the file of module \`root\` leads back to itself
struct Good(u8, u32, a::Inner); // 8/4
`;
  const files = { "/ws/lib.rs": text, "/ws/a.rs": '#[path = "lib.rs"] pub mod root; pub struct Inner(u16);' };
  const found = expectations(await openSemantics(files), "/ws/lib.rs", text);
  assert.equal(found.length, 3);
  assert.deepEqual(
    found.filter(({ expected, actual }) => expected !== actual),
    [],
  );
});
