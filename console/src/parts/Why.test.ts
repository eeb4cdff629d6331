import { expect, it } from "vitest";
import type { WhyAnswer, WhyFinding } from "../kube/gateway";
import { othersOf } from "./Why";

const finding = (text: string): WhyFinding => ({
  rule: "r",
  object: "pod/web-0",
  field: "",
  text: { en: text, zh: text },
  next: { en: "", zh: "" },
});

it("tells each sentence once, and the cause not again", () => {
  const answer: WhyAnswer = {
    items: [
      { object: "statefulset/web", ready: false, cause: finding("no image"), others: [finding("web-1 waits")] },
      { object: "pod/web-0", ready: false, cause: finding("no image"), others: [finding("no Service")] },
      { object: "persistentvolumeclaim/data-web-0", ready: true },
    ],
    unseen: [],
  };
  expect(othersOf(answer)).toEqual(["web-1 waits", "no Service"]);
});
