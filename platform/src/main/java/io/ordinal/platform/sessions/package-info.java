/// Who is signed in: sessions of browsers, and access tokens of tools.
@NullMarked
package io.ordinal.platform.sessions;

import org.jspecify.annotations.NullMarked;
