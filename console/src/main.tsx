import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { loadFor } from "./routes";
import { preferredLanguage, speak } from "./i18n/text";
import { applyTheme } from "./ui/theme";
import "./ui/tokens.css";
import "./frame.css";

applyTheme();
loadFor(location.pathname);
// A page that the browser kept may be another user's by now.
addEventListener("pageshow", (e) => e.persisted && location.reload());
await speak(preferredLanguage());
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
