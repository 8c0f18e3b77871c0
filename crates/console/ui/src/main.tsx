import "@mantine/core/styles.layer.css";
import "@mantine/notifications/styles.layer.css";
import "./app.css";
import { setNonce } from "get-nonce";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app";
import { startI18n } from "./i18n";
import { styleNonce } from "./nonce";

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no place for the console");

// What keeps the page from scrolling behind a dialog writes a style sheet too.
setNonce(styleNonce());
await startI18n();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
