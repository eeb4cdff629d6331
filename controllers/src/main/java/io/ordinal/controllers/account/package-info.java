/// What every namespace has from the beginning: its default service account and the root
/// certificate.
@NullMarked
package io.ordinal.controllers.account;

import org.jspecify.annotations.NullMarked;
