import type { diff as keys } from "../en/diff";

export const diff: Readonly<Record<keyof typeof keys, string>> = {
  "diff.same": "没有变化",
  "diff.unchanged": "$ 行没有变化",
};
