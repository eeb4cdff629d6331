export const password = {
  "password.title": "Change password",
  "password.must": "Before you begin, choose a password of your own.",
  "password.old": "Current password",
  "password.new": "New password",
  "password.again": "New password again",
  "password.differ": "The two do not match",
} as const;
