import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { compressed } from "./build/compressed.ts";
import { running } from "./dev/running.ts";

export default defineConfig(({ command }) => ({
  plugins: [react(), ...(command === "build" ? [compressed()] : [])],
  build: {
    target: "es2022",
    chunkSizeWarningLimit: 900,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One small sheet: a part whose own did not come would not come at all.
    cssCodeSplit: false,
  },
  server: {
    host: "127.0.0.1",
    watch: { ignored: ["**/dist/**"] },
    ...(command === "serve" && !process.env["VITEST"] ? running() : {}),
  },
}));
