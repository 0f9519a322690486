// Writes server/src/layout/targets.generated.ts (every built-in target of rustc 1.95, with what layout and cfg need) and
// server/src/layout/target-versions.generated.ts (what other versions have otherwise).
// Usage: node scripts/targets.mjs VERSION=RUSTC …      VERSION is 1.63, 1.85, 1.95 …; RUSTC a path or `+toolchain` of rustup's; 1.95 must
// be among them.
// The facts come from `rustc -Z unstable-options --print target-spec-json` and `rustc --print cfg --target T`, with and without unstable
// cfgs (std and nightly crates ask them). Left out are the cfgs that the session or profile decides, not the target:
// debug_assertions, overflow_checks, ub_checks.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";

const BASE = "1.95";
const BASE_OUTPUT = new URL("../server/src/layout/targets.generated.ts", import.meta.url);
const VERSIONS_OUTPUT = new URL("../server/src/layout/target-versions.generated.ts", import.meta.url);
const SESSION = ["debug_assertions", "overflow_checks", "ub_checks"];

// Where a distribution's compiler differs from rustc's own: the first 32-bit Debian machines had no SSE, and its x32 aborts.
// `target triple: atoms it has, atoms it lacks`, by version.
const PACKAGED = {
  1.63: { "i686-unknown-linux-gnu": { has: [], lacks: ["fxsr", "sse", "sse2"].map((name) => `target_feature="${name}"`) } },
  1.96: { "x86_64-unknown-linux-gnux32": { has: ['panic="abort"'], lacks: ['panic="unwind"'] } },
};

function compiler(executable) {
  const [command, ...first] = executable.startsWith("+") ? ["rustc", executable] : [executable];
  // Answers undefined where the compiler cannot say (its LLVM does not know the target).
  return (bootstrap, ...args) => {
    const env = { ...process.env, RUSTC_BOOTSTRAP: bootstrap };
    const { status, stdout } = spawnSync(command, [...first, ...args], { env, encoding: "utf8", maxBuffer: 1 << 26 });
    return status === 0 ? stdout : undefined;
  };
}

function readVersion(version, executable) {
  const rustc = compiler(executable);
  const targets = new Map();
  for (const triple of rustc("1", "--print", "target-list").trim().split("\n")) {
    const spec = rustc("1", "-Zunstable-options", "--print", "target-spec-json", "--target", triple);
    const all = rustc("1", "--print", "cfg", "--target", triple);
    const stable = rustc("-1", "--print", "cfg", "--target", triple);
    if (spec === undefined || all === undefined || stable === undefined) continue;
    const packaged = PACKAGED[version]?.[triple] ?? { has: [], lacks: [] };
    const atoms = lines(all).filter((line) => !packaged.has.includes(line));
    targets.set(triple, { spec: JSON.parse(spec), cfg: [...atoms, ...packaged.lacks].sort(), stable: new Set(lines(stable)) });
  }
  return { version, release: /release: (\S+)/.exec(rustc("1", "-vV"))[1], targets };
}

function lines(text) {
  return text
    .trim()
    .split("\n")
    .filter((line) => !SESSION.includes(line));
}

/** Keeps each text once and answers with its index. */
function table() {
  const texts = [];
  return { texts, index: (text) => (texts.includes(text) ? texts.indexOf(text) : texts.push(text) - 1) };
}

const [dataLayouts, cfgs, sets] = [table(), table(), table()];

function rowOf(triple, { spec, cfg }) {
  const groups = new Map();
  for (const line of cfg) {
    const name = /^(target_feature|target_has)/.exec(line)?.[0] ?? "other";
    groups.set(name, [...(groups.get(name) ?? []), cfgs.index(line)]);
  }
  const one = (name) => new RegExp(`^${name}="(.*)"$`, "m").exec(cfg.join("\n"))?.[1] ?? "";
  const set = ["other", "target_has", "target_feature"].map((name) => sets.index((groups.get(name) ?? []).join(",")));
  const cIntWidth = Number(spec["target-c-int-width"] ?? 32);
  const cEnumMinBits = Number(spec["c-enum-min-bits"] ?? cIntWidth);
  const likes = ["windows", "msvc", "darwin", "wasm", "aix"];
  const like = likes.filter((name) => spec[`is-like-${name}`] ?? (name === "darwin" && spec["is-like-osx"])).join(",");
  const width = one("target_pointer_width");
  return [
    triple,
    dataLayouts.index(spec["data-layout"]),
    width,
    cIntWidth,
    cEnumMinBits,
    spec["max-atomic-width"] ?? "",
    like,
    ...set,
  ].join("|");
}

/** `0-5,7,9-10` for sorted indices. */
function ranges(indices) {
  const found = [];
  for (const index of indices) {
    const last = found.at(-1);
    if (last?.[1] === index - 1) last[1] = index;
    else found.push([index, index]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(",");
}

/** What one version's cfgs differ in from those of the table: `cfgs it lacks|cfgs it has besides|targets`. */
function changes(known, other) {
  const groups = new Map();
  for (const [number, [triple, { cfg }]] of [...known].entries()) {
    const own = other.targets.get(triple)?.cfg;
    if (own === undefined) continue;
    const lacks = cfg.filter((line) => !own.includes(line)).map(cfgs.index);
    const besides = own.filter((line) => !cfg.includes(line)).map(cfgs.index);
    const key = `${ranges(lacks.sort((a, b) => a - b))}|${ranges(besides.sort((a, b) => a - b))}`;
    if (key !== "|") groups.set(key, [...(groups.get(key) ?? []), number]);
  }
  return [...groups].map(([key, targets]) => `${key}|${ranges(targets)}`);
}

/** The features that only nightly shows, as `arch|versions|features`. */
function unstableFeatures(compilers) {
  const where = new Map();
  for (const { version, targets } of compilers) {
    for (const { cfg, stable } of targets.values()) {
      const arch = /target_arch="(.*)"/.exec(cfg.join("\n"))[1];
      for (const line of cfg) {
        const feature = /^target_feature="(.*)"$/.exec(line)?.[1];
        const packaged = Object.values(PACKAGED[version] ?? {}).some(({ lacks }) => lacks.includes(line));
        if (feature === undefined || stable.has(line) || packaged) continue;
        const key = `${arch}|${feature}`;
        where.set(key, (where.get(key) ?? new Set()).add(version.split(".")[1]));
      }
    }
  }
  const rows = new Map();
  for (const [key, minors] of [...where].sort()) {
    const [arch, feature] = key.split("|");
    const row = `${arch}|${[...minors].join(",")}`;
    rows.set(row, [...(rows.get(row) ?? []), feature]);
  }
  return [...rows].map(([row, features]) => `${row}|${features.join(",")}`);
}

const list = (items) => (items.length === 0 ? "[]" : `[\n${items.map((item) => ` ${JSON.stringify(item)},`).join("\n")}\n]`);

const versions = process.argv.slice(2).map((argument) => readVersion(...argument.split("=")));
const base = versions.find(({ version }) => version === BASE);
if (base === undefined) throw new Error(`no compiler of ${BASE}: node scripts/targets.mjs 1.95=+1.95.0 …`);
const rows = [...base.targets].map(([triple, target]) => rowOf(triple, target));
const others = new Map();
for (const { targets } of versions) {
  for (const [triple, target] of targets) if (!base.targets.has(triple)) others.set(triple, target);
}
const otherRows = [...others].map(([triple, target]) => rowOf(triple, target));
const tabled = new Map([...base.targets, ...others]);
const changed = versions.filter((version) => version !== base).map((other) => [other.version.split(".")[1], changes(tabled, other)]);

const baseText = `/**
 * The ${rows.length} built-in targets of rustc ${base.release}. Generated by scripts/targets.mjs; do not edit. Read through targets.ts.
 *
 * A row: triple | index of data layout | pointer width | C int width | C enum minimum | max atomic width or empty |
 * is-like families | three indices into CFG_SETS, each a list of indices into CFGS. Widths are bits.
 */
export const RUSTC_VERSION = ${JSON.stringify(base.release)};
export const DATA_LAYOUTS: readonly string[] = ${JSON.stringify(dataLayouts.texts, null, 1)};
export const CFGS: readonly string[] = ${JSON.stringify(cfgs.texts)};
export const CFG_SETS: readonly string[] = ${JSON.stringify(sets.texts)};
export const TARGETS: readonly string[] = ${list(rows)};
`;
const versionsText = `/**
 * What the targets of rustc ${versions.map(({ release }) => release).join(", ")} have otherwise than those of ${base.release}.
 * Generated by scripts/targets.mjs; do not edit. Read through targets.ts and target-cfg.ts.
 *
 * OTHER_TARGETS: rows as in TARGETS, for targets that ${base.release} does not have. CFG_CHANGES: by minor version, indices of CFGS that
 * are not set | that are set besides | of TARGETS and OTHER_TARGETS behind them. UNSTABLE_FEATURES: architecture | minor versions | target features
 * that these show to nightly crates only. Indices are written as ranges, \`0-5,7\`.
 */
export const OTHER_TARGETS: readonly string[] = ${list(otherRows)};
export const CFG_CHANGES: Readonly<Record<number, readonly string[]>> = {
${changed.map(([minor, items]) => ` ${minor}: ${list(items)},`).join("\n")}
};
export const UNSTABLE_FEATURES: readonly string[] = ${list(unstableFeatures(versions))};
`;
writeFileSync(BASE_OUTPUT, baseText);
writeFileSync(VERSIONS_OUTPUT, versionsText);
console.log(`${rows.length} targets of rustc ${base.release}, ${otherRows.length} of others, ${dataLayouts.texts.length} data layouts`);
