// Owns listening on loopback: on IPv4 and, where the machine has it, IPv6, because `localhost` may mean either.
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A server on both loopback addresses. */
export interface LoopbackServer {
  readonly port: number;
  /** Ends all connections. */
  close(): Promise<void>;
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

const isTaken = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "EADDRINUSE";

/** Starts on a port (0: any free one). Rejects with one clear line when the port is taken. */
export async function listenOnLoopback(handler: RequestListener, wanted: number): Promise<LoopbackServer> {
  const four = createServer(handler);
  const six = createServer(handler);
  for (let tries = 1; ; tries++) {
    try {
      const port = await listen(four, wanted, "127.0.0.1");
      const servers = [four];
      try {
        await listen(six, port, "::1");
        servers.push(six);
      } catch (error) {
        // Without IPv6, `localhost` is 127.0.0.1.
        if (isTaken(error)) throw error;
      }
      return {
        port,
        async close() {
          await Promise.all(servers.map(close));
        },
      };
    } catch (error) {
      await close(four);
      if (!isTaken(error)) throw error;
      // A free port of one family may be taken in the other.
      if (wanted !== 0 || tries === 10)
        throw new Error(
          `Port ${String(wanted)} is already in use: end the other program, or choose another port with --port.`,
        );
    }
  }
}
