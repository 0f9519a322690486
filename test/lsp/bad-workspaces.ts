/**
 * Workspaces that are broken in some way, and what is to be said of the types of their `src/lib.rs`: the size, or the reason why it is
 * not known. `Good` is answered in all of them.
 */

/** A file's text or bytes, the target of a link, or a folder. */
export type Content = string | Buffer | { readonly link: string } | { readonly folder: true };

/** What stands at each place of a crate: its size, or (a part of) the reason why it is not known. */
export type Answers = Readonly<Record<string, number | RegExp>>;

export interface BadWorkspace {
  readonly name: string;
  readonly files: Readonly<Record<string, Content>>;
  /** Modes of files and folders, set when all are written. */
  readonly modes?: Readonly<Record<string, number>>;
  readonly answers: Answers;
  /** What the report says and ends with, where it is not one of the answers. */
  readonly refused?: RegExp;
  /** What it says beside the answers. */
  readonly noted?: RegExp;
  /** The folder in which cargo is started. */
  readonly folder?: string;
}

const PACKAGE = '[package]\nname = "ship"\nversion = "0.1.0"\nedition = "2021"\n';
const WIDE = '[features]\ndefault = ["wide"]\nwide = []\n';
const USES_DEP = '[dependencies]\ndep = "1"\n';
const LIB = "pub struct Good(u32, u8);\npub struct User(dep::Dep);\n";
const CFG = `#[cfg(feature = "wide")]
pub struct Word(u64);
#[cfg(not(feature = "wide"))]
pub struct Word(u8);
pub struct Good(u32, u8);
pub struct Holder(Word);
`;

const dependency = (version: string, type: string, folder = "dep"): Readonly<Record<string, string>> => ({
  [`vendor/${folder}/Cargo.toml`]: `[package]\nname = "dep"\nversion = "${version}"\n[features]\nwide = []\n`,
  [`vendor/${folder}/src/lib.rs`]: `pub struct Dep(${type});\n`,
});

const locked = (name: string, version: string, more = ""): string =>
  `[[package]]\nname = "${name}"\nversion = "${version}"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\n${more}`;

const LOCK = `version = 4\n${locked("dep", "1.0.0")}[[package]]\nname = "ship"\nversion = "0.1.0"\ndependencies = ["dep"]\n`;

/** Everything is as it should be: `Dep` is one byte long. */
const SOUND = { "Cargo.toml": PACKAGE + USES_DEP, "Cargo.lock": LOCK, "src/lib.rs": LIB, ...dependency("1.0.0", "u8") };

const GOOD = { Good: 8 };

const DEPENDENCIES: readonly BadWorkspace[] = [
  { name: "a sound one", files: SOUND, answers: { ...GOOD, User: 1 } },
  {
    name: "sources that are not on this machine",
    files: { "Cargo.toml": PACKAGE + USES_DEP, "src/lib.rs": LIB },
    answers: { ...GOOD, User: /no version of `dep` that fits `1` is on this machine/ },
  },
  {
    name: "a path dependency that is not there",
    files: { ...SOUND, "Cargo.toml": `${PACKAGE}[dependencies]\ndep = { path = "../gone" }\n` },
    answers: { ...GOOD, User: /there is no .*\/gone\/Cargo\.toml/ },
  },
  {
    name: "packages that use each other",
    files: {
      "Cargo.toml": `${PACKAGE}[dependencies]\ndep = { path = "dep" }\n`,
      "src/lib.rs": LIB,
      "dep/Cargo.toml": '[package]\nname = "dep"\n[dependencies]\nship = { path = ".." }\n',
      "dep/src/lib.rs": "pub struct Dep(ship::Good);\n",
    },
    answers: { ...GOOD, User: /`ship` depends on itself/ },
    noted: /`ship` depends on itself/,
  },
  {
    name: "a package that uses itself",
    files: { "Cargo.toml": `${PACKAGE}[dependencies]\nship = { path = "." }\n`, "src/lib.rs": LIB.replace("dep::Dep", "ship::Good") },
    answers: { ...GOOD, User: /`ship` depends on itself/ },
  },
];

const MANIFESTS: readonly BadWorkspace[] = [
  {
    name: "a dependency that is half typed",
    files: { ...SOUND, "Cargo.toml": `${PACKAGE}[dependencies]\ndep = {\n` },
    answers: { ...GOOD, User: /`dep` was not found: the manifest of `ship` is not valid: line 7/ },
    noted: /Cargo\.toml is not valid: line 7/,
  },
  {
    name: "an import of a dependency that is half typed",
    files: {
      ...SOUND,
      "Cargo.toml": `${PACKAGE}[dependencies]\ndep = {\n`,
      "src/lib.rs": `use dep::Dep;\n${LIB.replace("dep::Dep", "Dep")}`,
    },
    answers: { ...GOOD, User: /`dep` was not found: the manifest of `ship` is not valid: line 7/ },
  },
  {
    name: "features that are half typed",
    files: { "Cargo.toml": `${PACKAGE}[features]\ndefault = ["wide"\nwide = []\n`, "src/lib.rs": CFG },
    answers: { ...GOOD, Holder: /whether `Word` is compiled is not known: .*the manifest of `ship` is not valid: line/ },
  },
  {
    name: "features that are asked of a dependency of another, half typed",
    files: {
      "Cargo.toml": `${PACKAGE}[dependencies]\nmid = { path = "mid" }\ndep = { path = "dep", features = ["wide"]\n`,
      "src/lib.rs": "pub struct Good(u32, u8);\npub struct User(mid::Mid);\n",
      "mid/Cargo.toml": '[package]\nname = "mid"\n[dependencies]\ndep = { path = "../dep" }\n',
      "mid/src/lib.rs": "pub struct Mid(dep::Holder);\n",
      "dep/Cargo.toml": '[package]\nname = "dep"\n[features]\nwide = []\n',
      "dep/src/lib.rs": CFG,
    },
    answers: { ...GOOD, User: /the features that `ship` asks for are not known: its manifest is not valid: line/ },
  },
  {
    name: "a workspace that is half typed",
    files: {
      "Cargo.toml": '[workspace]\nmembers = ["ship"]\n[workspace.dependencies]\ndep = { path = "dep", features = ["wide"]\n',
      "ship/Cargo.toml": `${PACKAGE}${WIDE}[dependencies]\ndep.workspace = true\n`,
      "ship/src/lib.rs": CFG + LIB.split("\n")[1],
      "dep/Cargo.toml": '[package]\nname = "dep"\n',
    },
    folder: "ship",
    answers: {
      ...GOOD,
      User: /which `dep` is used is not known: the manifest of `ship` is of a workspace whose manifest is not valid: line 5/,
      Holder: 8,
    },
  },
  {
    name: "nothing in it",
    files: { "Cargo.toml": "", "src/lib.rs": LIB },
    answers: { ...GOOD, User: /`dep` was not found: .*it has no `\[package\]` with a `name`/ },
  },
  {
    name: "values of the wrong kind",
    files: {
      "Cargo.toml": '[package]\nname = 5\nedition = "2077"\n[features]\ndefault = "wide"\n[lib]\npath = 7\n[dependencies]\ndep = 5\n',
      "src/lib.rs": CFG,
    },
    answers: { ...GOOD, Holder: /whether `Word` is compiled is not known/ },
  },
  {
    name: "bytes that are no text",
    files: { "Cargo.toml": Buffer.from([0x5b, 0xff, 0xfe, 0x00]), "src/lib.rs": CFG },
    answers: { ...GOOD, Holder: /whether `Word` is compiled is not known: .*Cargo\.toml cannot be read: it is not UTF-8/ },
    refused: /Cargo\.toml cannot be read: it is not UTF-8/,
  },
  {
    name: "a folder in its place",
    files: { "Cargo.toml": { folder: true }, "src/lib.rs": LIB },
    answers: { ...GOOD, User: /`dep` was not found: .*Cargo\.toml cannot be read: it is a folder/ },
    refused: /Cargo\.toml cannot be read: it is a folder/,
  },
];

const LOCKS: readonly BadWorkspace[] = [
  {
    name: "a version that the manifest does not want",
    files: { ...SOUND, "Cargo.toml": `${PACKAGE}[dependencies]\ndep = "2"\n` },
    answers: { ...GOOD, User: /no version of `dep` that fits `2` is on this machine/ },
    noted: /the lock file does not know that `ship` uses `dep`/,
  },
  {
    name: "a version whose sources are not here, beside one whose are",
    files: { ...SOUND, "Cargo.lock": LOCK.replace("1.0.0", "1.0.7") },
    answers: { ...GOOD, User: /the sources of `dep` 1\.0\.7 are not in cargo's registry/ },
  },
  {
    name: "cut in the middle",
    files: { ...SOUND, "Cargo.lock": `version = 4\n[[package]]\nname = "ship"\nversion = "0.1.0"\ndependencies = [\n "dep` },
    answers: { ...GOOD, User: /which version of `dep` is used is not known: .*Cargo\.lock is not valid: line/ },
    noted: /Cargo\.lock is not valid: line/,
  },
  {
    name: "bytes that are no text",
    files: { ...SOUND, "Cargo.lock": Buffer.from([0xff, 0xfe]) },
    answers: { ...GOOD, User: /which version of `dep` is used is not known: .*Cargo\.lock cannot be read: it is not UTF-8/ },
  },
  {
    name: "a merge that is not done, with two versions",
    files: {
      ...SOUND,
      ...dependency("1.0.7", "u64", "dep-1.0.7"),
      "Cargo.lock": LOCK.replace(/^(?=\[\[package\]\]\nname = "dep)/m, `<<<<<<< HEAD\n${locked("dep", "1.0.7")}=======\n`).replace(
        '[[package]]\nname = "ship"',
        '>>>>>>> theirs\n[[package]]\nname = "ship"',
      ),
    },
    answers: { ...GOOD, User: /which version of `dep` is used is not known: .*merge conflict/ },
  },
  {
    name: "packages that use each other",
    files: { ...SOUND, "Cargo.lock": LOCK.replace(/(index")/, '$1\ndependencies = ["ship"]') },
    answers: { ...GOOD, User: 1 },
  },
];

const SOURCES: readonly BadWorkspace[] = [
  {
    name: "a module without file",
    files: { "Cargo.toml": PACKAGE, "src/lib.rs": `mod gone;\n${LIB.replace("dep::Dep", "gone::T")}` },
    answers: { ...GOOD, User: /the file of module `gone` was not found/ },
  },
  {
    name: "modules that lead back to themselves",
    files: {
      "Cargo.toml": PACKAGE,
      "src/lib.rs": `pub mod a;\n${LIB.replace("dep::Dep", "a::again::a::Part")}pub struct Fine(a::Part);\n`,
      "src/a.rs": '#[path = "lib.rs"]\npub mod again;\npub struct Part(u8);\n',
    },
    answers: { ...GOOD, User: /the file of module `again` leads back to itself/, Fine: 1 },
  },
  {
    name: "a module that is not UTF-8",
    files: {
      "Cargo.toml": PACKAGE,
      "src/lib.rs": `mod latin;\n${LIB.replace("dep::Dep", "latin::T")}`,
      "src/latin.rs": Buffer.from("pub struct T(u8); // \u00e4", "latin1"),
    },
    answers: { ...GOOD, User: /`.*\/src\/latin\.rs` cannot be read: it is not UTF-8/ },
  },
  {
    name: "byte order marks, and lines that end in CR LF",
    files: {
      "Cargo.toml": `\ufeff${PACKAGE}${WIDE}`.replaceAll("\n", "\r\n"),
      "src/lib.rs": `\ufeff${CFG}mod part;\npub struct Text([u8; "a\nb".len()]);\npub struct Fine(part::T);\n`.replaceAll("\n", "\r\n"),
      "src/part.rs": "\ufeffpub struct T(u16);\r\n",
    },
    answers: { ...GOOD, Holder: 8, Text: 3, Fine: 2 },
  },
  {
    name: "links that lead to themselves, and folders that hold themselves",
    files: {
      "Cargo.toml": `${PACKAGE}[workspace]\nmembers = ["crates/**"]\n`,
      "src/lib.rs": `mod own;\n#[path = "round/round/fine.rs"]\nmod fine;\n${LIB.replace("dep::Dep", "own::T")}pub struct Fine(fine::T);\n`,
      "src/fine.rs": "pub struct T(u16);\n",
      "src/own.rs": { link: "own.rs" },
      "src/round": { link: "." },
      "crates/one/Cargo.toml": '[package]\nname = "one"\n',
      "crates/one/src/lib.rs": "",
      "crates/one/up": { link: "../.." },
    },
    answers: { ...GOOD, User: /`.*\/src\/own\.rs` cannot be read: its symbolic links lead in a circle/, Fine: 2 },
  },
  {
    name: "a manifest that is a link to itself",
    files: { "Cargo.toml": { link: "Cargo.toml" }, "src/lib.rs": CFG },
    answers: { ...GOOD, Holder: /Cargo\.toml cannot be read: its symbolic links lead in a circle/ },
    refused: /Cargo\.toml cannot be read: its symbolic links lead in a circle/,
  },
  {
    name: "names that are not UTF-8 beside",
    files: { ...SOUND, "src/\udcff.rs": "", "src/\udcff/x.rs": "" },
    answers: { ...GOOD, User: 1 },
  },
];

const CLOSED = 0;
const READ_ONLY = 0o555;
const RIGHTS: readonly BadWorkspace[] = [
  {
    name: "a folder that is read only",
    files: SOUND,
    modes: { src: READ_ONLY, ".": READ_ONLY },
    answers: { ...GOOD, User: 1 },
  },
  {
    name: "a manifest",
    files: { "Cargo.toml": PACKAGE + WIDE, "src/lib.rs": CFG },
    modes: { "Cargo.toml": CLOSED },
    answers: { ...GOOD, Holder: /whether `Word` is compiled is not known: .*Cargo\.toml cannot be read: permission denied/ },
    refused: /Cargo\.toml cannot be read: permission denied/,
  },
  {
    name: "the manifest of the workspace",
    files: {
      "Cargo.toml": '[workspace]\nmembers = ["ship"]\n',
      "Cargo.lock": LOCK,
      "ship/Cargo.toml": PACKAGE + USES_DEP,
      "ship/src/lib.rs": LIB,
      ...Object.fromEntries(Object.entries(dependency("1.0.7", "u64")).map(([path, content]) => [`ship/${path}`, content])),
    },
    modes: { "Cargo.toml": CLOSED },
    folder: "ship",
    answers: { ...GOOD, User: /which version of `dep` is used is not known: .*Cargo\.toml cannot be read: permission denied/ },
  },
  {
    name: "the lock file",
    files: SOUND,
    modes: { "Cargo.lock": CLOSED },
    answers: { ...GOOD, User: /which version of `dep` is used is not known: .*Cargo\.lock cannot be read: permission denied/ },
  },
  {
    name: "a module's file",
    files: {
      "Cargo.toml": PACKAGE,
      "src/lib.rs": `mod part;\n${LIB.replace("dep::Dep", "part::T")}`,
      "src/part.rs": "pub struct T(u8);\n",
    },
    modes: { "src/part.rs": CLOSED },
    answers: { ...GOOD, User: /`.*\/src\/part\.rs` cannot be read: permission denied/ },
  },
  {
    name: "a module's folder",
    files: {
      "Cargo.toml": PACKAGE,
      "src/lib.rs": `mod part;\n${LIB.replace("dep::Dep", "part::T")}`,
      "src/part/mod.rs": "pub struct T(u8);\n",
    },
    modes: { "src/part": CLOSED },
    answers: { ...GOOD, User: /`.*\/src\/part\/mod\.rs` cannot be read: permission denied/ },
  },
  {
    name: "a dependency's folder",
    files: SOUND,
    modes: { vendor: CLOSED },
    answers: { ...GOOD, User: /vendor\/dep.*\/Cargo\.toml cannot be read: permission denied/ },
  },
  {
    name: "the folder of the sources",
    files: { ...SOUND, "src/lib.rs": `mod part;\n${LIB}pub struct Other(part::T);\n` },
    modes: { src: CLOSED },
    answers: { ...GOOD, User: 1, Other: /`.*\/src\/part\.rs` cannot be read: permission denied/ },
    refused: /has no library and no binary: .*src\/lib\.rs cannot be read: permission denied/,
  },
  {
    name: "all of it",
    files: { ...SOUND, "src/lib.rs": CFG },
    modes: { ".": CLOSED },
    answers: { ...GOOD, Holder: /whether `Word` is compiled is not known: .*Cargo\.toml cannot be read: permission denied/ },
    refused: /Cargo\.toml cannot be read: permission denied/,
  },
];

/** All of them, by what is broken. */
export const BAD_WORKSPACES: readonly (readonly [what: string, workspaces: readonly BadWorkspace[]])[] = [
  ["dependencies:", DEPENDENCIES],
  ["a manifest with", MANIFESTS],
  ["a lock file with", LOCKS],
  ["sources with", SOURCES],
  ["not readable:", RIGHTS],
];
