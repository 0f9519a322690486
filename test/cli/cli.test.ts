/** The command line over made-up workspaces: arguments, formats, exit codes, messages. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { verbatim } from "../../server/src/base/message.ts";
import type { CliHost } from "../../server/src/cli/host.ts";
import { runCli } from "../../server/src/cli/main.ts";
import type { CliPackage, WorkspaceRequest } from "../../server/src/cli/workspace.ts";
import { analysisOf } from "../../server/src/ide/analysis.ts";
import { FILE } from "../support/fake-places.ts";
import type { FakeOptions } from "../support/fake-semantics.ts";
import { fakeSemantics } from "../support/fake-semantics.ts";
import type { FakeType } from "../support/fake-types.ts";
import { array, enumeration, STRING, struct, U8, U32, U64 } from "../support/fake-types.ts";

const SOURCE = "struct Pair { a: u8, b: u32 }\nenum Message { Text(String), Blob([u8; 1024]) }\nstruct Word { w: u64 }\n";
const TYPES = [
  struct("Pair", { a: U8, b: U32 }),
  enumeration("Message", { Text: [STRING], Blob: [array(U8, 1024n)] }),
  struct("Word", { w: U64 }),
];

function packageOf(options: FakeOptions = {}, source = SOURCE, types: readonly FakeType[] = TYPES): CliPackage {
  return {
    name: "demo",
    version: "0.1.0",
    analysis: analysisOf(fakeSemantics(source, types, options)),
    root: FILE,
    input: { files: [{ path: FILE, shown: "src/lib.rs", text: source }], file: () => undefined },
    oversizedVariantThreshold: undefined,
  };
}

interface Run {
  readonly code: number | undefined;
  readonly out: string;
  readonly err: string;
  readonly requests: readonly WorkspaceRequest[];
}

interface RunOptions {
  readonly packages?: readonly CliPackage[];
  readonly files?: Readonly<Record<string, string>>;
  readonly error?: string;
  readonly notes?: readonly string[];
}

function run(args: readonly string[], { packages = [packageOf()], files = {}, error, notes = [] }: RunOptions = {}): Run {
  const [out, err, requests]: [string[], string[], WorkspaceRequest[]] = [[], [], []];
  const host: CliHost = {
    version: "1.2.3",
    colours: false,
    stdout: (text) => void out.push(text),
    stderr: (text) => void err.push(text),
    resolvePath: (path) => `/ws/${path}`,
    readText: (path) => {
      const text = files[path];
      return text === undefined ? { ok: false, error: `cannot read ${path}` } : { ok: true, value: text };
    },
    openWorkspace: (request) => {
      requests.push(request);
      return error === undefined ? { ok: true, value: { packages, notes } } : { ok: false, error };
    },
    startLanguageServer: () => void out.push("(server)"),
  };
  return { code: runCli(args, host), out: out.join(""), err: err.join(""), requests };
}

test("help and version go to standard output, also without arguments", () => {
  assert.match(run([]).out, /^Stowplan shows[\s\S]*stowplan report \[PATH\]/);
  assert.equal(run(["--help"]).code, 0);
  assert.match(run(["report", "-h"]).out, /--rust-version/);
  assert.equal(run(["--version"]).out, "stowplan 1.2.3\n");
});

test("usage errors exit with 2 and one line that says what is wrong", () => {
  const failures: readonly (readonly [readonly string[], RegExp])[] = [
    [["frobnicate"], /unknown command `frobnicate`/],
    [["report", "a", "b"], /one path is reported at a time, not also `b`/],
    [["report", "--format", "xml"], /--format takes human, json, markdown, sarif, github, not `xml`/],
    [["report", "--sort", "age"], /--sort takes size, padding, name, not `age`/],
    [["report", "--min-size", "big"], /--min-size takes a number of bytes/],
    [["report", "--filter", "("], /--filter takes a regular expression/],
    [["report", "--fail-on", "x"], /--fail-on takes/],
    [["report", "--edition", "2020"], /--edition takes 2015, 2018, 2021, 2024/],
    [["report", "--rust-version", "stable"], /--rust-version takes X\.Y/],
    [["report", "--nope"], /Unknown option '--nope'/],
    [["report", "--target"], /--target/],
    [["type"], /which type\?/],
    [["type", "u8", "--batch", "f"], /do not go together/],
    [["lsp"], /--stdio/],
  ];
  for (const [args, message] of failures) {
    const { code, out, err } = run(args);
    assert.equal(code, 2, args.join(" "));
    assert.equal(out, "");
    assert.match(err, message);
    assert.match(err, /^stowplan: .*\nTry stowplan --help\.\n$/);
  }
});

test("report hands its options to who opens the workspace", () => {
  const args = "report some/path --target a --target b --rust-version 1.97.0-nightly --features x,y --features z --no-default-features";
  const rest = [
    "--cfg",
    'feature="q"',
    "--profile",
    "release",
    "--edition",
    "2018",
    "--package",
    "dep@1.2",
    "--all-targets",
    "--all-features",
  ];
  assert.deepEqual(run([...args.split(" "), ...rest]).requests, [
    {
      path: "/ws/some/path",
      targets: ["a", "b"],
      rustVersion: "1.97.0-nightly",
      features: ["x", "y", "z"],
      allFeatures: true,
      noDefaultFeatures: true,
      cfgs: ['feature="q"'],
      profile: "release",
      edition: 2018,
      package: { name: "dep", version: "1.2" },
      allTargets: true,
      isWhole: true,
    },
  ]);
  assert.equal(run(["report"]).requests[0]?.path, "/ws/.");
});

test("the report for people has title, annotated sources, cards and a summary", () => {
  const { code, out } = run(["report"]);
  assert.equal(code, 0);
  assert.match(out, /^demo 0\.1\.0 · x86_64-unknown-linux-gnu · rustc 1\.95\.0 · std bundled 1\.96\n\nsrc\/lib\.rs\n\n {3}1 │ struct Pair/);
  assert.match(out, /\n3 types: 3 exact\. Largest: Message, 1032 B\. Padding: 10 B in all\.\n$/);
  assert.match(run(["report", "--filter", "^none$"]).out, /\nNo types\.\n$/);
});

test("the JSON report has one type a line; several packages or targets make a list", () => {
  const { out } = run(["report", "--format", "json"]);
  const lines = out.split("\n");
  assert.equal(
    lines[0],
    '{"schemaVersion":1,"crate":"demo","target":"x86_64-unknown-linux-gnu","rustc":"1.95.0","std":"bundled 1.96","types":[',
  );
  assert.match(
    lines[1] ?? "",
    /^\{"file":"src\/lib\.rs","line":1,"name":"Pair","module":"","kind":"struct","status":"exact","size":8,.*\},$/,
  );
  assert.equal(names(JSON.parse(out)).join(), "Pair,Message,Word");
  const two = JSON.parse(
    run(["report", "--format", "json"], { packages: [packageOf(), packageOf({ targetName: "i686-unknown-linux-gnu" })] }).out,
  );
  assert.equal(two.schemaVersion, 1);
  assert.deepEqual(
    two.reports.map((report: { readonly target: string }) => report.target),
    ["x86_64-unknown-linux-gnu", "i686-unknown-linux-gnu"],
  );
  const none = run(["report", "--format", "json", "--filter", "^none$"]).out;
  assert.deepEqual(JSON.parse(none).types, []);
});

function names(report: { readonly types: readonly { readonly name: string }[] }): readonly string[] {
  return report.types.map((type) => type.name);
}

test("types can be sorted and left out", () => {
  const list = (...args: readonly string[]): string => names(JSON.parse(run(["report", "--format", "json", ...args]).out)).join();
  assert.equal(list("--sort", "size"), "Message,Pair,Word");
  assert.equal(list("--sort", "padding"), "Message,Pair,Word");
  assert.equal(list("--sort", "name"), "Message,Pair,Word");
  assert.equal(list("--min-size", "9"), "Message");
  assert.equal(list("--filter", "^[MW]"), "Message,Word");
});

test("findings fail the run from the level on that is asked for", () => {
  assert.equal(run(["report"]).code, 0);
  assert.equal(run(["report", "--fail-on", "information"]).code, 0);
  assert.equal(run(["report", "--fail-on", "hint"]).code, 1);
  assert.equal(run(["report", "--fail-on", "never"]).code, 0);
  const quiet = { ...packageOf(), oversizedVariantThreshold: 2000 };
  assert.equal(run(["report", "--fail-on", "hint"], { packages: [quiet] }).code, 0);
  const unknown = packageOf({ answers: { Pair: { status: "unknown", reason: verbatim("no"), culprit: undefined } } });
  assert.equal(run(["report"], { packages: [unknown] }).code, 0);
  assert.equal(run(["report", "--strict-unknown"], { packages: [unknown] }).code, 1);
});

test("findings become workflow commands and SARIF results, once for all targets", () => {
  const packages = [packageOf(), packageOf({ targetName: "aarch64-apple-darwin" })];
  const message = "Blob is 1024 B, the next variant 24 B: Message is 1032 B, 24 B if boxed";
  assert.equal(
    run(["report", "--format", "github"], { packages }).out,
    `::notice file=src/lib.rs,line=2,endLine=2,title=stowplan oversized-variant::${message}\n`,
  );
  const sarif = JSON.parse(run(["report", "--format", "sarif"], { packages }).out);
  assert.equal(sarif.version, "2.1.0");
  assert.deepEqual(sarif.runs[0].results, [
    {
      ruleId: "oversized-variant",
      level: "note",
      message: { text: message },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "src/lib.rs" },
            region: { startLine: 2, startColumn: 30, endLine: 2, endColumn: 34 },
          },
        },
      ],
      partialFingerprints: { "stowplan/v1": `oversized-variant:src/lib.rs:${message}` },
    },
  ]);
});

test("the Markdown report is a table for each package and target", () => {
  const unknown = { status: "unknown", reason: verbatim("`a|b` is *not* found"), culprit: undefined } as const;
  const { out } = run(["report", "--format", "markdown"], { packages: [packageOf({ answers: { Word: unknown } })] });
  assert.equal(
    out,
    `## demo 0.1.0 · x86_64-unknown-linux-gnu · rustc 1.95.0

| type | size | align | padding | place |
|--|--:|--:|--:|--|
| \`Pair\` | 8 B | 4 | 3 B | src/lib.rs:1 |
| \`Message\` | 1032 B | 8 | 7 B | src/lib.rs:2 |
| \`Word\` | unknown: \`a\\|b\` is \\*not\\* found |  |  | src/lib.rs:3 |
`,
  );
});

test("what could not be opened is one line and exit 2; notes go to standard error", () => {
  const { code, out, err } = run(["report", "gone"], { error: "/ws/gone: no such file or folder" });
  assert.deepEqual([code, out, err], [2, "", "stowplan: /ws/gone: no such file or folder\n"]);
  assert.equal(run(["report"], { notes: ["`dep` has no sources here"] }).err, "note: `dep` has no sources here\n");
});

test("a defect is told without a stack trace", () => {
  const broken = { ...packageOf(), input: { ...packageOf().input, files: [] } };
  const analysis = {
    ...broken.analysis,
    reportItems: () => {
      throw new Error("boom");
    },
  };
  const { code, err } = run(["report"], { packages: [{ ...broken, analysis }] });
  assert.deepEqual([code, err], [2, "stowplan: internal error: boom\n"]);
});

test("a type is answered as a card or as JSON", () => {
  const { code, out, requests } = run(["type", "u64"], { packages: [packageOf({}, "", [U64])] });
  assert.deepEqual(
    [code, out],
    [0, "u64  8 B · align 8\n`Option<u64>` is 16 B: `u64` has no spare values.\nx86_64-unknown-linux-gnu · rustc 1.95.0\n"],
  );
  assert.equal(requests[0]?.path, undefined);
  const json = run(["type", "u64", "--format", "json", "--in", "some.rs"], { packages: [packageOf({}, "", [U64])] });
  assert.equal(
    json.out,
    '{"type":"u64","kind":"other","status":"exact","size":8,"align":8,"uninhabited":false,"padding":0,"niche":null}\n',
  );
  assert.equal(json.requests[0]?.path, "/ws/some.rs");
});

test("a batch answers one JSON object for each line as it was, also for lines that are no types", () => {
  const files = { "types.txt": "u64\r\n u8 \n\nVec<\n" };
  const { code, out } = run(["type", "--batch", "types.txt"], { packages: [packageOf({}, "", [U64, U8])], files });
  assert.equal(code, 0);
  const answers = out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    answers.map(({ type, status }) => [type, status]),
    [
      ["u64", "exact"],
      [" u8 ", "unknown"],
      ["", "unknown"],
      ["Vec<", "unknown"],
    ],
  );
  assert.deepEqual(run(["type", "--batch", "gone"]).code, 2);
  assert.deepEqual(run(["type", "--batch", "gone"]).err, "stowplan: cannot read gone\n");
});

test("with several targets a type has an answer for each", () => {
  const packages = [packageOf({}, "", [U64]), packageOf({ targetName: "wasm32-unknown-unknown" }, "", [U64]), packageOf({}, "", [U64])];
  const { out } = run(["type", "u64", "--format", "json"], { packages });
  assert.deepEqual(
    out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).target),
    ["x86_64-unknown-linux-gnu", "wasm32-unknown-unknown"],
  );
});

test("the language server runs on after the command line is done", () => {
  const { code, out } = run(["lsp", "--stdio"]);
  assert.deepEqual([code, out], [undefined, "(server)"]);
});

test("a filter that backtracks without end is cut", () => {
  const name = `${"a".repeat(60)}B`;
  const packages = [packageOf({}, `struct ${name} { a: u8, b: u32 }\n`, [struct(name, { a: U8, b: U32 })])];
  const { code, err } = run(["report", "--filter", "^(a+)+$"], { packages });
  assert.deepEqual([code, err], [2, "stowplan: --filter `^(a+)+$` takes too long\n"]);
  assert.equal(run(["report", "--filter", "^a+B$"], { packages }).code, 0);
});

test("messages do not steer the terminal", () => {
  const { err } = run(["report"], { notes: ["\u001b[2Jgone\u202e", "two\nlines"] });
  assert.equal(err, "note: \\u{1b}[2Jgone\\u{202e}\nnote: two\nlines\n");
  assert.equal(
    run(["report", "\u001b[31m", "--target", "x"], { error: "there is no \u001b[31m" }).err,
    "stowplan: there is no \\u{1b}[31m\n",
  );
});
