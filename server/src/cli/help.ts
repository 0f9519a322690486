/**
 * The text of `stowplan --help`.
 */

export const HELP = `Stowplan shows where every byte of a Rust type goes, without running a compiler.

Usage:
  stowplan report [PATH] [OPTIONS]     the types of a crate, workspace or .rs file (default: .)
  stowplan type TYPE [OPTIONS]         one type expression: stowplan type 'Option<Box<u32>>'
  stowplan lsp --stdio                 the language server, for any editor
  stowplan --help | --version

How it is built (report and type):
  --target T             target triple; again for several
  --rust-version V       compiler whose rules count: X.Y or X.Y.Z, also with -nightly or -beta
  --features a,b         features to enable; also --all-features, --no-default-features
  --cfg NAME | NAME="V"  a further cfg, as a build script would set it
  --profile NAME         dev (default) or release
  --edition E            2015, 2018, 2021 (default) or 2024, for a .rs file

report:
  --package NAME[@V]     a member, or any dependency of the crate graph
  --all-targets          tests, examples, benches and build scripts too
  --format F             human (default), json, markdown, sarif, github
  --sort KEY             size, padding or name, instead of file and line
  --min-size N           leave out types below N bytes
  --filter RE            types whose path (module::Name) matches
  --fail-on LEVEL        exit 1 for findings from hint, information, warning (default), error; or never
  --strict-unknown       exit 1 if a type is unknown

type:
  --in PATH              take names from the crate root of PATH
  --batch FILE           one type a line (- for standard input), one JSON object a line
  --format F             human (default), json

Environment: STOWPLAN_CACHE=off keeps no cache on disk, STOWPLAN_CACHE=FOLDER keeps it there.
Exit: 0 clean, 1 findings, 2 usage, unreadable input or internal error.
`;
