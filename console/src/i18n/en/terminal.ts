export const terminal = {
  "terminal.title": "Terminal in {name}",
  "terminal.command": "Command",
  "terminal.login": "Log in",
  "terminal.connecting": "Connecting…",
  "terminal.connected": "Connected",
  "terminal.ended": "The session has ended",
  "terminal.endedWith": "The session has ended: {message}",
} as const;
