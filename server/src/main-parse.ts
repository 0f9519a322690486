/**
 * A thread that parses files for another one: takes their paths one by one, posts the items of each as the cache keeps them.
 *
 * Invariant: what cannot be read is left to the thread that asks for it; nothing is told here.
 */
import { readFileSync } from "node:fs";
import { workerData } from "node:worker_threads";
import { keyOf } from "./cache-pack.ts";
import { encodeItems } from "./hir-def/item-codec.ts";
import type { RawItem } from "./hir-def/item-tree.ts";
import { lowerUnit } from "./hir-def/lower-item.ts";
import { textItems } from "./hir-def/text-items.ts";
import { attempt } from "./node-host.ts";
import { loadParser } from "./node-parser.ts";
import type { ParsedAhead } from "./parse-ahead-host.ts";
import { isParseOrder } from "./parse-ahead-host.ts";
import type { RustParser } from "./syntax/parser.ts";
import type { PlacedUnit } from "./syntax/unit-walker.ts";

type Units = readonly PlacedUnit<RawItem>[];

/** The items of a file; `isWhole`: with all that stands in them, so that nothing is left to be parsed when it is asked for. */
function parse(parser: RustParser, path: string, isWhole: boolean): ParsedAhead | undefined {
  const text = attempt(() => readFileSync(path, "utf8"))?.replace(/^\ufeff/, "");
  if (text === undefined) return undefined;
  const whole = (part: string): Units => parser.parseFile(part, { reuse: () => undefined, lower: lowerUnit });
  const units = isWhole ? whole(text) : textItems(parser, text, (part) => whole(part)[0]?.value);
  return { key: keyOf(text), encoded: encodeItems(units) };
}

async function main(): Promise<void> {
  const order: unknown = workerData;
  if (!isParseOrder(order)) return;
  const { folder, files, whole, taken, port } = order;
  const parser = await loadParser(folder);
  const next = new Int32Array(taken);
  for (let i = Atomics.add(next, 0, 1); i < files.length; i = Atomics.add(next, 0, 1)) {
    const parsed = parse(parser, files[i] ?? "", i < whole);
    if (parsed !== undefined) port.postMessage(parsed);
  }
}

void main();
