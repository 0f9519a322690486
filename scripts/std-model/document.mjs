/**
 * Documents the crates of a prepared library (prepare.mjs) as JSON for one target, private items included.
 *
 *   node document.mjs --work DIR --rustc RUSTC --rustdoc RUSTDOC --target T --target-dir DIR [--no-std]
 *
 * Nothing is linked and no std of the target is needed: cargo checks what a crate depends on, then rustdoc runs. The JSON files
 * are in TARGET_DIR/T/doc. A compiler older than cargo gets only the arguments it knows.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { describeWhatIsCompiled, writeVendorConfig } from "./edit-sources.mjs";

const { values } = parseArgs({
  options: {
    ...Object.fromEntries(["work", "rustc", "rustdoc", "target", "target-dir"].map((name) => [name, { type: "string" }])),
    "no-std": { type: "boolean" },
  },
});

const targetDir = resolve(values["target-dir"]);
const emptySysroot = join(targetDir, "empty-sysroot");
mkdirSync(emptySysroot, { recursive: true });

/** Std must be marked as such, and must not meet another std in the compiler's own sysroot. */
const FLAGS = `--sysroot ${emptySysroot} -Zforce-unstable-if-unmarked`;
const JSON_FLAGS = "--cap-lints allow -Zunstable-options --output-format json --document-private-items --document-hidden-items";

const env = {
  ...process.env,
  RUSTC: withKnownArguments(values.rustc, "rustc"),
  RUSTDOC: withKnownArguments(values.rustdoc, "rustdoc"),
  RUSTC_BOOTSTRAP: "1",
  RUSTFLAGS: `${FLAGS} -Awarnings`,
  RUSTDOCFLAGS: `${FLAGS} ${JSON_FLAGS}`,
  CARGO_TARGET_DIR: targetDir,
};

pinVersions();
const packages = packagesToDocument();
run("cargo", ["doc", "-j1", "--no-deps", "--target", values.target, ...packages.flatMap((name) => ["-p", name])]);

function packagesToDocument() {
  if (values["no-std"]) return ["core", "alloc"];
  const lock = readFileSync(join(values.work, "Cargo.lock"), "utf8");
  const names = ["core", "alloc", "std", "proc_macro", "hashbrown", "libc", "rustc-literal-escaper", ...systemCrates()];
  return names.filter((name) => lock.split(`name = "${name}"`).length === 2);
}

/** Crates with types of one system, where std of some version has them in fields. */
function systemCrates() {
  const systems = [
    ["wasi", "wasi"],
    ["hermit", "hermit-abi"],
    ["sgx", "fortanix-sgx-abi"],
    ["uefi", "r-efi"],
  ];
  return systems.filter(([system]) => values.target.includes(system)).map(([, name]) => name);
}

/** Releases without a lock file: makes one, with the versions that `pins.txt` names. */
function pinVersions() {
  const pins = join(values.work, "pins.txt");
  if (!existsSync(pins) || existsSync(join(values.work, "Cargo.lock"))) return;
  run("cargo", ["generate-lockfile"]);
  for (const line of readFileSync(pins, "utf8").trim().split("\n")) {
    const [name, version] = line.split(" ");
    spawnSync("cargo", ["update", name, "--precise", version], { cwd: values.work, env, stdio: "ignore" });
  }
  vendor();
}

/** Fetches the dependencies, as rust-src has them since 1.9x, and edits the ones that are documented with std. */
function vendor() {
  run("cargo", ["vendor", "--quiet", "vendor"]);
  for (const name of ["hashbrown", "libc"]) {
    const folder = join(values.work, "vendor", name);
    describeWhatIsCompiled(folder);
    const checksums = JSON.parse(readFileSync(join(folder, ".cargo-checksum.json"), "utf8"));
    writeFileSync(join(folder, ".cargo-checksum.json"), JSON.stringify({ ...checksums, files: {} }));
  }
  writeVendorConfig(values.work);
}

/** A script that starts `tool` without the arguments that compilers before 1.80 do not know. */
function withKnownArguments(tool, name) {
  const minor = Number(/ 1\.(\d+)\./.exec(spawnSync(tool, ["--version"], { encoding: "utf8" }).stdout)?.[1]);
  if (minor >= 80) return resolve(tool);
  const path = join(targetDir, `${name}.sh`);
  writeFileSync(
    path,
    `#!/bin/sh
skip=
for argument in "$@"; do
  shift
  if [ "$skip" ]; then skip=; continue; fi
  case $argument in --check-cfg) skip=1 ;; --check-cfg=*|--print=split-debuginfo) ;; *) set -- "$@" "$argument" ;; esac
done
exec ${resolve(tool)} "$@"
`,
  );
  chmodSync(path, 0o755);
  return path;
}

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: values.work, env, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
