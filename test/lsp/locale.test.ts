/**
 * The server in another language: what `initialize.locale` names, on Node and in a web worker; English for what is not translated, and
 * for locales without translations.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { msg } from "../../server/src/base/message.ts";
import { inWords } from "../../server/src/base/words.ts";
import { languagesOf, UserWords } from "../../server/src/lsp/user-words.ts";
import type { ClientOptions, Session } from "./client.ts";
import { at, endSession, list, startSession, text } from "./client.ts";
import { TestDocument } from "./document.ts";
import type { Wire } from "./wire.ts";
import { processWire, workerWire } from "./wire.ts";

const SOURCE = `pub enum Message { Ping, Text(String), Blob([u8; 1024]) }
#[repr(C)]
pub struct Header {
    kind: u8,
    len: u32,
    flags: u8,
    ts: u64,
}
pub struct Odd { lost: missing::Part, own: u64 }
#[derive(Clone, Copy)]
pub enum Copied { Small(u8), Large([u8; 512]) }
`;

const EXTENSION = "vscode-remote://localhost/ext";

/** A worker has its files from the client. */
const WORKER: ClientOptions = {
  initializationOptions: {
    fileRequests: true,
    status: true,
    browser: {
      extensionUri: EXTENSION,
      runtimeWasm: new Uint8Array(readFileSync("dist/web-tree-sitter.wasm")),
      grammarWasm: new Uint8Array(readFileSync("dist/tree-sitter-rust.wasm")),
    },
  },
  answers: {
    "stowplan/readFile": (params) => {
      const uri = text(at(params, "uri"));
      if (!uri.startsWith(`${EXTENSION}/dist/`)) return { kind: "missing" };
      try {
        return { kind: "text", text: readFileSync(join("dist", uri.slice(EXTENSION.length + 6)), "utf8") };
      } catch {
        return { kind: "missing" };
      }
    },
    "stowplan/readDirectory": () => ({ entries: null }),
    "stowplan/stat": () => ({ kind: null }),
  },
};

const HOSTS: readonly { readonly host: string; readonly wire: () => Wire; readonly options: ClientOptions }[] = [
  { host: "a process", wire: processWire, options: { initializationOptions: { status: true } } },
  { host: "a web worker", wire: workerWire, options: WORKER },
];

for (const { host, wire, options } of HOSTS) {
  describe(`a session in German with ${host}`, () => {
    let session: Session;
    let document: TestDocument;
    before(async () => {
      const settings = new Map<string, unknown>([["stowplan", { target: "x86_64-unknown-linux-gnu", toolchain: "1.96.0" }]]);
      session = await startSession(wire(), { ...options, settings, locale: "de-AT" });
      await session.client.told("workspace/inlayHint/refresh");
      document = new TestDocument(session.client, "untitled:lib.rs", SOURCE);
    });
    after(() => endSession(session));

    test("hovers a struct", async () => {
      assert.equal(
        await document.hoverText("Header"),
        `**Layout** 24 B · Ausrichtung 8 · 10 B Padding (42 %)
\`\`\`text
 Offset  Größe  Feld
      0      1  kind: u8
      1      3  (Padding)
      4      4  len: u32
      8      1  flags: u8
      9      7  (Padding)
     16      8  ts: u64
\`\`\`
\`Option<Header>\` hat 32 B: \`Header\` hat keine freien Werte. 7 weitere Bytes mit Ausrichtung 1 passen nach \`flags\` ohne Mehrgröße hinein.

x86_64-unknown-linux-gnu · rustc 1.96 · std mitgeliefert 1.96 · Felder in der Reihenfolge im Speicher`,
      );
    });

    test("hovers an enum and its parts", async () => {
      const shown = await document.hoverText("Message");
      assert.match(shown, /^\*\*Layout\*\* 1032 B · Ausrichtung 8 · Tag 1 B bei Offset 0 \(Werte 0–2\)\n/);
      assert.match(shown, /\n Variante {3}endet bei {2}ungenutzt\n Blob {12}1025 {10}7\n/);
      assert.match(shown, /`Blob` bestimmt die Größe\. In einer Box: 1032 B → \*\*24 B\*\* \(das Tag wandert in die Nische von `Text`\)\./);
      assert.equal(await document.hoverText("kind"), "**Layout** Offset 0 · 1 B · Ausrichtung 1 · Cachezeile 0, danach 3 B Padding");
    });

    test("says why a size is not known", async () => {
      assert.match(await document.hoverText("Odd"), /^Größe unbekannt: `missing` wurde nicht gefunden\.\n/);
      assert.equal(await document.hoverText("own"), "**Layout** 8 B · Ausrichtung 8\n\nOffset unbekannt: `missing` wurde nicht gefunden");
    });

    test("has tooltips of hints", async () => {
      const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
      const hints = list(await session.client.request("textDocument/inlayHint", { textDocument: { uri: document.uri }, range }));
      assert.deepEqual(await document.hints(2, 3), ["3: 24 B · 10 Pad", "4: +3 Pad"]);
      const resolved = await session.client.request("inlayHint/resolve", hints[0]);
      assert.match(text(at(resolved, "tooltip", "value")), /`Blob` bestimmt die Größe\./);
    });

    test("offers actions, and says why it does not", async () => {
      const titles = list(await document.codeActions("Blob")).map((action) => text(at(action, "title")));
      assert.deepEqual(titles, ["Nutzdaten von `Blob` in eine Box legen (Message: 1032 B → 24 B), Verwendungen unverändert"]);
      const [disabled] = list(await document.codeActions("Large"));
      assert.equal(text(at(disabled, "disabled", "reason")), "`Copied` ist `Copy`");
    });

    test("reports, and tells the status", async () => {
      const status = session.client.told("stowplan/status");
      const [first] = list(await document.diagnostics());
      assert.equal(text(at(first, "message")), "Blob hat 1024 B, die nächste Variante 24 B: Message hat 1032 B, mit Box 24 B");
      const told = await status;
      assert.equal(at(told, "std"), "mitgeliefert 1.96");
      assert.equal(at(told, "targetOrigin"), "das verlangte Ziel");
    });
  });
}

test("a locale's languages are it and what it is a kind of", () => {
  assert.deepEqual(languagesOf("de"), ["de"]);
  assert.deepEqual(languagesOf("pt-BR"), ["pt-br", "pt"]);
  assert.deepEqual(languagesOf("zh_Hans_CN.UTF-8@x"), ["zh-hans-cn", "zh-hans", "zh"]);
  for (const none of [undefined, "", "en", "en-GB", "C", "POSIX", "../../secret", "de/../x", "d"]) assert.deepEqual(languagesOf(none), []);
});

test("the exact language says what it can, the general one and English the rest", () => {
  const files: Readonly<Record<string, string>> = { "pt-br": '{"tag":"etiqueta"}', pt: '{"tag":"rótulo","field":"campo"}' };
  const { words } = new UserWords("pt-BR", (language) => files[language]);
  const said = [msg("tag"), msg("field"), msg("size")].map((message) => inWords(words, message));
  assert.deepEqual(said, ["etiqueta", "campo", "size"]);
});

test("nothing is read for English, and no more than once for others", () => {
  const asked: string[] = [];
  const read = (language: string): undefined => void asked.push(language);
  for (const locale of [undefined, "en", "en-us"]) assert.equal(new UserWords(locale, read).words.language, "en");
  assert.deepEqual(asked, []);
  const french = new UserWords("fr-ca", read);
  assert.equal(french.words, french.words);
  assert.deepEqual(asked, ["fr-ca", "fr"]);
});

test("plurals are those of the language, not of English", () => {
  const file = '{"{count} {count|one:file|other:files}":"{count} {count|one:plik|few:pliki|many:plików|other:pliku}"}';
  const { words } = new UserWords("pl", () => file);
  const said = [1, 2, 5, 22].map((count) => inWords(words, msg("{count} {count|one:file|other:files}", { count })));
  assert.deepEqual(said, ["1 plik", "2 pliki", "5 plików", "22 pliki"]);
});
