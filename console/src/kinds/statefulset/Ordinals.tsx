import { memo } from "react";
import { t } from "../../i18n/text";
import { podReason, podWord } from "../../parts/pods";
import type { Ordinal, OrdinalState } from "./kind";
import "./ordinals.css";

const order: readonly OrdinalState[] = ["new", "newWaiting", "old", "held", "oldWaiting", "missing", "surplus"];

type Words = Partial<Record<OrdinalState, string>>;

interface OrdinalsProps {
  ordinals: readonly Ordinal[];
  label: string;
  words?: Words;
}

const usual = {};
/** As many as fit a few rows: what is out of sight, or has not changed, is not drawn. */
const blockSize = 100;

/** A set as a row of its ordinals, each in the colour of where the rollout has come to. */
export function Ordinals({ ordinals, label, words = usual }: OrdinalsProps) {
  const word = wording(words);
  const present = order.filter((state) => ordinals.some((o) => o.state === state));
  return (
    <figure className="ordinals" aria-label={label}>
      <div className="blocks">
        {Array.from({ length: Math.ceil(ordinals.length / blockSize) }, (_, i) => (
          <Block key={i} ordinals={ordinals.slice(i * blockSize, (i + 1) * blockSize)} words={words} />
        ))}
      </div>
      <figcaption className="row wrap">
        {present.map((state) => (
          <span key={state} className="row">
            <span className={`box key ${state}`} />
            {word(state)} {ordinals.filter((o) => o.state === state).length}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

const wording = (words: Words) => (state: OrdinalState) => words[state] ?? t(`ordinal.${state}`);

interface BlockProps {
  ordinals: readonly Ordinal[];
  words: Words;
}

const Block = memo(function Block({ ordinals, words }: BlockProps) {
  const word = wording(words);
  return (
    <div className="boxes">
      {ordinals.map(({ ordinal, state, pod }) => (
        <span
          key={ordinal}
          className={`box ${state}`}
          title={[`${ordinal}: ${word(state)}`, pod && podWord(pod), pod && podReason(pod)].filter(Boolean).join("\n")}
        >
          {ordinal}
        </span>
      ))}
    </div>
  );
}, isSame);

function isSame(a: BlockProps, b: BlockProps): boolean {
  if (a.words !== b.words || a.ordinals.length !== b.ordinals.length) return false;
  return a.ordinals.every((one, i) => {
    const other = b.ordinals[i]!;
    return one.ordinal === other.ordinal && one.state === other.state && one.pod === other.pod;
  });
}
