/**
 * README's third command, as far as a machine without a screen goes: `npm run code -- --browser` prints an address, and there
 * VS Code shows the example crate with its hints.
 */
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { screenshot, waitForHint } from "./page/workbench.ts";
import type { Counts, Run } from "./part.ts";
import { passes } from "./part.ts";

/** Runs the command and looks at what it opens. */
export async function runCodeCommand(run: Run): Promise<Counts> {
  const passed = await passes(run, "npm run code opens VS Code on the example crate", () => checkCommand(run));
  return passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function checkCommand({ browser, root, screenshots }: Run): Promise<void> {
  const command = spawn(process.execPath, [join(root, "scripts/code.mjs"), "--browser"], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const address = await printedAddress(command);
    const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, reducedMotion: "reduce" });
    page.setDefaultTimeout(30_000);
    await page.goto(address);
    await waitForHint({ page, screenshots }, "pub struct Session", "64 B · 5 pad");
    await screenshot({ page, screenshots }, "code-command");
    await page.close();
  } finally {
    command.kill("SIGTERM");
  }
}

function printedAddress(command: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    command.once("exit", (code) => reject(new Error(`npm run code ended with ${code}:\n${output}`)));
    command.stdout?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      const address = /http:\/\/\S+(?=\n)/.exec(output)?.[0];
      if (address !== undefined) resolve(address);
    });
  });
}
