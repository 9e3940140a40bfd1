// Owns the standalone start: reads the port, starts the server, says where everything is.
import { parseArgs } from "node:util";
import { startSimulator } from "./index.ts";

const HELP = "Usage: npm start -- [--port N] [--log]   (default port 4310; --log prints every request)";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "4310" },
      log: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`${values.port} is no port. ${HELP}`);
  const started = await startSimulator({ port, ...(values.log ? { log: (line: string) => console.log(line) } : {}) });
  console.log(`
The contact centre is running.

  1. Agent's console   ${started.url}/agent     answer chats here
  2. Sample page       ${started.url}/          press "Let's Chat!" at the bottom right
  3. Control interface ${started.url}/control   faults, settings, conversations (see README.md)

Ctrl+C ends it.`);
  const stop = (): void => {
    void started.close().then(() => process.exit(0));
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
