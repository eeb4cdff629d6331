/// Signing in with an issuer of identities: OpenID Connect's authorization code flow with PKCE.
@NullMarked
package io.ordinal.platform.oidc;

import org.jspecify.annotations.NullMarked;
