export const user = {
  "user.one": "user",
  "user.create": "New user",
  "user.account": "Account",
  "user.displayName": "Name",
  "user.role": "Role",
  "user.administrator": "Platform administrator",
  "user.ordinary": "User",
  "user.nameRule": "3–32 characters: lower-case letters, digits, -; a letter or digit at both ends",
  "user.passwordHint": "To be changed at first sign-in",
  "user.passwordKept": "Empty: unchanged",
} as const;
