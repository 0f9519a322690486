/**
 * A world of one file and the bundled standard library, to evaluate consts in: no project, no disk but the repository's data.
 *
 * Example: `constWorld("const A: u8 = 1 + 1;").value("A")` is "2".
 */

import { readFileSync } from "node:fs";
import { english } from "../../server/src/base/words.ts";
import type { ConstVal, Value } from "../../server/src/consteval/value.ts";
import { isAggregate, isPointer } from "../../server/src/consteval/value.ts";
import type { CrateData, CrateGraph } from "../../server/src/db/crate-graph.ts";
import { QueryRuntime } from "../../server/src/db/query-runtime.ts";
import { WorldConstEvaluator } from "../../server/src/hir/const-evaluator.ts";
import { World } from "../../server/src/hir/world.ts";
import type { DefId } from "../../server/src/hir-def/def-id.ts";
import { SourceDb } from "../../server/src/hir-def/source-db.ts";
import type { Ty } from "../../server/src/hir-ty/ty.ts";
import { parseCompilerVersion } from "../../server/src/layout/compiler-version.ts";
import { layoutRules } from "../../server/src/layout/layout-rules.ts";
import { targetByName, targetDataLayout } from "../../server/src/layout/targets.ts";
import { parseTargetCfg } from "../../server/src/project/cfg-builder.ts";
import { stdModelFor } from "../../server/src/project/std-model.ts";
import { TraitSolver } from "../../server/src/traits/trait-solver.ts";
import { StdFiles } from "../../server/src/workspace/std-files.ts";
import { stdTextIndex, withSysroot } from "../../server/src/workspace/sysroot.ts";
import { memoryFs } from "./memory-fs.ts";
import { rustParser } from "./rust-parser.ts";

const parser = await rustParser();

export interface ConstWorld {
  readonly world: World;
  readonly evaluator: WorldConstEvaluator;
  /** A const or static of the crate's root by name: its value, or `error: reason`. */
  value(name: string): string;
  /** The unknown's culprit: the text it points at. */
  culprit(name: string): string;
}

export interface ConstWorldOptions {
  readonly target?: string;
}

const VERSION = "1.95.0";
const ROOT = "/ws/lib.rs";

export function constWorld(text: string, options: ConstWorldOptions = {}): ConstWorld {
  const target = options.target ?? "x86_64-unknown-linux-gnu";
  const version = parseCompilerVersion(VERSION);
  const spec = targetByName(target);
  if (version === undefined || spec === undefined) throw new Error("a built-in target and version");
  const layout = targetDataLayout(spec, version);
  const std = stdModelFor({ version, target, cfg: spec.cfg }, (name) => readFileSync(`server/std/${name}`, "utf8"));
  if (!layout.ok || !std.ok) throw new Error("the target has a layout and a std model");
  const files = new StdFiles(memoryFs({ [ROOT]: text }), () => undefined);
  files.add(std.value);
  const source = new SourceDb(new QueryRuntime(), parser, files);
  const krate: CrateData = {
    id: 0,
    name: "main",
    kind: "lib",
    root: ROOT,
    edition: 2021,
    cfg: parseTargetCfg({ atoms: spec.cfg, unsure: [] }),
    dependencies: [],
    packageName: "main",
    packageVersion: "0.1.0",
    packageRoot: "/ws",
    env: new Map([["CARGO_PKG_NAME", "main"]]),
    isWorkspaceMember: true,
  };
  const bare: CrateGraph = { crates: [krate], missing: new Map(), sysroot: new Map() };
  const graph = withSysroot(bare, std.value, spec.cfg);
  let evaluator: WorldConstEvaluator | undefined;
  const world = new World({
    source,
    graph,
    cx: { target: layout.value, rules: layoutRules(version) },
    textIndex: stdTextIndex(graph, std.value),
    solver: (w) => new TraitSolver(w),
    evaluator: (w) => {
      evaluator = new WorldConstEvaluator(w);
      return evaluator;
    },
    attributeOracle: () => undefined,
    itemAttributeOracle: () => undefined,
  });
  if (evaluator === undefined) throw new Error("the world makes its evaluator");
  return harness(world, evaluator);
}

function harness(world: World, evaluator: WorldConstEvaluator): ConstWorld {
  const find = (name: string): DefId => {
    const found = world.defs.lookup(world.defs.rootModule(0), name, "values");
    if (found.kind !== "found" || found.named.kind !== "def") throw new Error(`\`${name}\` is no item of the root`);
    return found.named.def;
  };
  return {
    world,
    evaluator,
    value: (name) => {
      const result = evaluator.valueOf(find(name), []);
      return result.ok ? show(world, result.value) : `error: ${english(result.error.message)}`;
    },
    culprit: (name) => {
      const result = evaluator.valueOf(find(name), []);
      const culprit = result.ok ? undefined : result.error.culprit;
      if (culprit === undefined || !("container" in culprit.owner) || culprit.range === undefined) return "";
      const raw = world.rawItem(culprit.owner);
      return raw?.text.slice(culprit.range.start, culprit.range.end) ?? "";
    },
  };
}

function show(world: World, { ty, value }: ConstVal): string {
  return showValue(world, value, ty);
}

/** As `{:?}` writes it. */
function showValue(world: World, value: Value, ty: Ty): string {
  if (typeof value === "bigint") return showScalar(value, ty);
  if (typeof value === "number") return showFloat(value, ty);
  if (isPointer(value)) return ty.kind === "ref" ? showPointee(world, value, ty.target) : "pointer";
  if (!isAggregate(value)) return value.kind;
  return showAggregate(world, value.items(), { ty, variant: value.variant });
}

function showScalar(value: bigint, ty: Ty): string {
  if (ty.kind === "bool") return `${value === 1n}`;
  if (ty.kind !== "char") return `${value}`;
  const char = String.fromCodePoint(Number(value));
  return `'${char === "'" ? "\\'" : char === "\n" ? "\\n" : char}'`;
}

function showFloat(value: number, ty: Ty): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return `${ty.kind === "float" && ty.name === "f32" ? "f32" : "f64"}:${floatBits(value)}`;
}

/** Floats are compared by their bits as doubles: how a decimal is written is not const evaluation's. */
export function floatBits(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16);
}

function showPointee(world: World, value: Extract<Value, { kind: "pointer" }>, ty: Ty): string {
  if (value.base === undefined) return "dangling";
  if (value.length === undefined) return showValue(world, value.base.get(value.index), ty);
  const items = value.base.items().slice(value.index, value.index + value.length);
  if (ty.kind === "str") return JSON.stringify(new TextDecoder().decode(Uint8Array.from(items, Number)));
  return showAggregate(world, items, { ty, variant: 0 });
}

function showAggregate(world: World, items: readonly Value[], of: { readonly ty: Ty; readonly variant: number }): string {
  const { ty, variant } = of;
  switch (ty.kind) {
    case "tuple":
      return `(${items.map((item, i) => showValue(world, item, ty.elements[i] ?? ty)).join(", ")}${items.length === 1 ? "," : ""})`;
    case "array":
    case "slice":
      return `[${items.map((item) => showValue(world, item, ty.element)).join(", ")}]`;
    case "adt": {
      const adt = world.adt(ty.def);
      const shown = adt.variants[ty.def.kind === "union" ? 0 : variant];
      const isRecord = shown?.shape === "record";
      const fields = items.map((item, i) => {
        const field = shown?.fields[ty.def.kind === "union" ? variant : i];
        const text = field === undefined ? "?" : showValue(world, item, world.normalize(world.substitute(field.ty, ty.def, ty.args)));
        return isRecord ? `${field?.name ?? ""}: ${text}` : text;
      });
      const name = shown?.name ?? ty.def.name;
      if (fields.length === 0) return name;
      return isRecord ? `${name} { ${fields.join(", ")} }` : `${name}(${fields.join(", ")})`;
    }
    default:
      return items.length === 0 ? "()" : "?";
  }
}
