export const login = {
  "login.title": "Sign in to Ordinal",
  "login.user": "User name",
  "login.password": "Password",
  "login.enter": "Sign in",
  "login.wrong": "Wrong user name or password",
  "login.provider": "Sign in with the identity provider",
  "login.denied": "The identity provider did not let you in.",
  "login.expired": "The sign-in took too long or was begun in another window: please begin again.",
  "login.refused": "What the identity provider said could not be believed. The log of the console says why.",
  "login.unreachable": "The identity provider does not answer. Administrators can sign in with a password.",
  "login.busy": "Too many people are signing in at this moment: please try again.",
  "login.broken":
    "The client secret that is kept here cannot be read any more. Administrators can sign in with a password and enter it again.",
} as const;
