/**
 * The language server in a web worker: spoken to by messages, given wasm as bytes, and reading every file, std's data too,
 * through the client.
 */
import { BrowserMessageReader, BrowserMessageWriter, createMessageConnection } from "vscode-jsonrpc/browser";
import { BrowserStdData, BrowserTranslations, browserEnvironment, browserFiles } from "./browser-host.ts";
import { targetCfg } from "./layout/target-cfg.ts";
import { targetNames } from "./layout/targets.ts";
import { Connection } from "./lsp/connection.ts";
import type { FileRequests } from "./lsp/file-requests.ts";
import { fileRequests } from "./lsp/file-requests.ts";
import { lifeCycle } from "./lsp/life-cycle.ts";
import { startServer } from "./lsp/server.ts";
import type { ServerHost } from "./lsp/server-host.ts";
import { soundMessages } from "./lsp/sound-messages.ts";
import { uriOfPath } from "./lsp/uri.ts";
import type { BrowserBoot } from "./protocol.ts";
import { RustParser } from "./syntax/parser.ts";
import { VERSION } from "./version.ts";
import { AnalysisHost } from "./workspace/analysis-host.ts";

const reader = soundMessages(new BrowserMessageReader(self), (what) => connection.warn(what));
const writer = new BrowserMessageWriter(self);
const messageStrategy = lifeCycle(writer);
const connection: Connection = new Connection((logger) => createMessageConnection(reader, writer, logger, { messageStrategy }));

connection.onNotificationWithoutParams("exit", () => self.close());
startServer(
  connection,
  async ({ browser }) => {
    if (browser === undefined) throw new Error("a server in a web worker needs `initializationOptions.browser`");
    return browserHost(connection, browser);
  },
  VERSION,
);

async function browserHost(client: Connection, boot: BrowserBoot): Promise<ServerHost> {
  const requests = fileRequests(client);
  const parser = await RustParser.load({ treeSitter: boot.runtimeWasm, grammar: () => new Uint8Array(boot.grammarWasm) });
  const fs = browserFiles(requests, uriOfPath);
  const std = new BrowserStdData((name) => fetchText(requests, `${boot.extensionUri}/dist/std/${name}`));
  const translations = new BrowserTranslations((language) => findText(requests, `${boot.extensionUri}/dist/l10n/${language}.json`));
  const environment = browserEnvironment(targetCfg);
  return {
    analysis: new AnalysisHost({ parser, fs, environment, stdData: (name) => std.read(name) }),
    fs,
    targets: targetNames(),
    translations: (language) => translations.read(language),
    // A worker has no place on disk.
    useCache: () => undefined,
    answers: undefined,
    lookAt: (paths) => fs.lookAt(paths),
    lookOn: undefined,
    collect: undefined,
    load: async () => {
      await Promise.all([fs.load(), std.load(), translations.load()]);
    },
  };
}

async function fetchText(requests: FileRequests, uri: string): Promise<string> {
  const text = await findText(requests, uri);
  if (text === undefined) throw new Error(`${uri} cannot be read`);
  return text;
}

async function findText(requests: FileRequests, uri: string): Promise<string | undefined> {
  const result = await requests.readFile({ uri });
  return result.kind === "text" ? result.text : undefined;
}
