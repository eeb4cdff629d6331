export const state = {
  "state.loading": "Loading…",
  "state.noRight": "You may not do this: you lack the right to {right}",
} as const;
