import type { ReactNode } from "react";

/** Names and what they say of one object. */
export const FactList = ({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) => (
  <dl className="facts">
    {facts.map(([name, value]) => (
      <div key={name} style={{ display: "contents" }}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

export const Tags = ({ of }: { of: readonly string[] }) =>
  of.length === 0
    ? "-"
    : of.map((text) => (
        <span key={text} className="tag">
          {text}
        </span>
      ));
