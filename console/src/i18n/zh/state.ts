import type { state as keys } from "../en/state";

export const state: Readonly<Record<keyof typeof keys, string>> = {
  "state.loading": "加载中…",
  "state.noRight": "您没有此权限：{right}",
};
