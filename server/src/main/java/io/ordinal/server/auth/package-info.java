/// Who asks, and whether they may: certificates, tokens, built-in rules.
@NullMarked
package io.ordinal.server.auth;

import org.jspecify.annotations.NullMarked;
