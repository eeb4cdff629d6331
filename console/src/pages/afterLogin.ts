/**
 * Where to go after the sign-in: only to a page of our own. It has to be printable ASCII, for browsers drop tabs and line feeds, and
 * what is left could name another host.
 */
export const afterLogin = (to: string | null) => (to && /^\/(?![/\\]|login)[!-~]*$/.test(to) ? to : "/");
