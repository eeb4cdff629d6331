import { objectPath, known, query } from "./path";
import { csrfToken, open } from "./request";
import { lines } from "./watch";

interface LogOptions {
  container: string;
  follow?: boolean;
  previous?: boolean;
  timestamps?: boolean;
  tailLines?: number;
}

export const logPath = (cluster: string, namespace: string, pod: string, options: LogOptions) =>
  query(objectPath({ cluster, resource: known.pods, namespace }, pod, "log"), { ...options });

/** Hands over each line of a log until it ends or the signal says so. */
export async function followLog(path: string, signal: AbortSignal, take: (line: string) => void): Promise<void> {
  const response = await open(path, { accept: "*/*", signal });
  if (response.body) for await (const line of lines(response.body)) take(line);
}

export interface Terminal {
  input: (text: string) => void;
  resize: (columns: number, rows: number) => void;
  close: () => void;
}

interface TerminalListener {
  opened: () => void;
  output: (bytes: Uint8Array) => void;
  ended: (message: string) => void;
}

/** Opens a command with a terminal in a container: channels 0 in, 1 out, 2 err, 3 status, 4 size. */
export function execute(
  cluster: string,
  pod: { namespace: string; name: string; container: string },
  command: readonly string[],
  listener: TerminalListener,
): Terminal {
  const path = objectPath({ cluster, resource: known.pods, namespace: pod.namespace }, pod.name, "exec");
  const parameters = new URLSearchParams({
    container: pod.container,
    stdin: "1",
    stdout: "1",
    tty: "1",
  });
  for (const word of command) parameters.append("command", word);
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const socket = new WebSocket(`${scheme}://${location.host}${path}?${parameters}`, [
    "v5.channel.k8s.io",
    "v4.channel.k8s.io",
    // a WebSocket has no headers of ours; the gateway reads this one and chooses another
    `csrf.ordinal.io.${csrfToken()}`,
  ]);
  socket.binaryType = "arraybuffer";
  let verdict = "";
  const send = (channel: number, text: string) => {
    if (socket.readyState !== WebSocket.OPEN) return;
    const bytes = new TextEncoder().encode(text);
    const frame = new Uint8Array(bytes.length + 1);
    frame[0] = channel;
    frame.set(bytes, 1);
    socket.send(frame);
  };
  socket.onopen = listener.opened;
  socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
    const bytes = new Uint8Array(data);
    if (bytes[0] === 1 || bytes[0] === 2) listener.output(bytes.subarray(1));
    else if (bytes[0] === 3) verdict = messageOf(new TextDecoder().decode(bytes.subarray(1)));
  };
  socket.onclose = (event) => listener.ended(verdict || event.reason);
  return {
    input: (text) => send(0, text),
    resize: (columns, rows) => send(4, JSON.stringify({ Width: columns, Height: rows })),
    close: () => socket.close(),
  };
}

function messageOf(text: string): string {
  try {
    const status = JSON.parse(text) as { status?: string; message?: string };
    return status.status === "Success" ? "" : (status.message ?? text);
  } catch {
    return text;
  }
}
