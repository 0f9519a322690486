/** The built-in functions of primitive types: their signatures are read when they are asked for, so here all of them are. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { primitiveTables } from "../../server/src/consteval/primitive-table.ts";

test("every signature can be read, and a name says the same function each time", () => {
  const tables = primitiveTables();
  assert.ok(tables.length > 5);
  for (const table of tables)
    for (const name of table.names()) {
      const found = table.get(name);
      assert.equal(found?.name, name);
      assert.equal(table.get(name), found);
    }
  assert.ok(tables.every((table) => table.get("no_such_function") === undefined));
});
