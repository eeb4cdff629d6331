import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

/** What a folder may not see: pages, kinds → parts → kube, ui; kube and ui see nobody; kinds never see kinds. */
const wall = (folder, forbidden) => ({
  files: [`src/${folder}/**/*.{ts,tsx}`],
  rules: { "no-restricted-imports": ["error", { patterns: forbidden.map((f) => ({ group: [`**/${f}/**`] })) }] },
});

export default tseslint.config(
  { ignores: ["dist", "node_modules", "test-results"] },
  ...tseslint.configs.recommended,
  {
    plugins: { "react-hooks": hooks },
    rules: {
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { varsIgnorePattern: "^_", argsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "no-console": "error",
      "max-lines": ["error", 500],
      eqeqeq: "error",
    },
  },
  wall("kube", ["ui", "parts", "kinds", "pages", "i18n"]),
  wall("ui", ["kube", "parts", "kinds", "pages"]),
  wall("parts", ["kinds", "pages"]),
  wall("kinds", ["pages"]),
);
