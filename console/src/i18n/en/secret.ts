export const secret = {
  "secret.type": "Type",
  "secret.expects": "Keys that are expected: {keys}",
} as const;
