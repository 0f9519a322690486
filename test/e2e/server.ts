/**
 * VS Code's server as a process: started on a free port with settings of its own, stopped by the process it was started as.
 */
import type { ChildProcess } from "node:child_process";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import type { VsCodeHost } from "./host.ts";

export interface VsCodeServer {
  readonly port: number;
  readonly stop: () => void;
}

/** Settings that keep VS Code from showing anything but the editor. */
const USER_SETTINGS = {
  "chat.disableAIFeatures": true,
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.reduceMotion": "on",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "telemetry.telemetryLevel": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "editor.minimap.enabled": false,
  "git.enabled": false,
  "security.workspace.trust.startupPrompt": "never",
  "security.workspace.trust.banner": "never",
};

export interface ServerOptions {
  /** Folder for VS Code's data, made anew. */
  readonly dataFolder: string;
  /** Further settings of the user. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** An extension to install first. */
  readonly vsix: string | undefined;
  /** Whether the workspace is trusted without asking; else it is opened in Restricted Mode. */
  readonly trusted: boolean;
}

/** Starts the server and waits until it listens. */
export async function startServer(host: VsCodeHost, options: ServerOptions): Promise<VsCodeServer> {
  for (const kind of ["Machine", "User"]) {
    const folder = join(options.dataFolder, "data", kind);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "settings.json"), JSON.stringify({ ...USER_SETTINGS, ...options.settings }, undefined, 2));
  }
  if (options.vsix !== undefined) installExtension(host, options.dataFolder, options.vsix);
  const port = await freePort();
  const child = spawn(host.node, serverArguments(host, options, port), { stdio: ["ignore", "pipe", "pipe"], detached: true });
  stopWithThisProcess(child);
  await untilListening(child);
  return { port, stop: () => stop(child) };
}

/** As `code --install-extension` does. */
function installExtension(host: VsCodeHost, dataFolder: string, vsix: string): void {
  const args = [join(host.vscode, "out/server-main.js"), "--accept-server-license-terms", "--server-data-dir", dataFolder];
  const output = execFileSync(host.node, [...args, "--install-extension", vsix, "--force"], { encoding: "utf8" });
  if (!output.includes("was successfully installed")) throw new Error(`${vsix} could not be installed:\n${output}`);
}

function serverArguments(host: VsCodeHost, { dataFolder, trusted }: ServerOptions, port: number): readonly string[] {
  return [
    join(host.vscode, "out/server-main.js"),
    ...["--host", "127.0.0.1", "--port", String(port), "--without-connection-token", "--accept-server-license-terms"],
    ...["--server-data-dir", dataFolder, "--telemetry-level", "off"],
    ...(trusted ? ["--disable-workspace-trust"] : []),
    // Makes the page honour the `payload` of its URL.
    "--enable-smoke-test-driver",
  ];
}

/** However this process ends (short of SIGKILL), the server ends too. */
function stopWithThisProcess(child: ChildProcess): void {
  process.once("exit", () => stop(child));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(0));
}

/** Ends the whole process group: the extension hosts are children of the server. */
function stop(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has ended by itself meanwhile.
  }
}

function untilListening(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = "";
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      if (output.includes("Extension host agent listening on")) resolve();
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", (code) => reject(new Error(`VS Code's server ended with ${code}:\n${output}`)));
    child.once("error", reject);
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (typeof address === "object" && address !== null ? resolve(address.port) : reject(new Error("no free port"))));
    });
  });
}
