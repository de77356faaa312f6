// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace airnn {

/// Of a name of the user's that is longer, messages show so many bytes.
inline constexpr std::size_t kMostShown = 200;

/// A text of the user's (a file's name, a value) as a message shows it: control characters become
/// escapes (\n, \x1b), so that a message stays one line and no terminal obeys it; what is longer
/// than `most` bytes is cut, not within a character of UTF-8, and ends with "...".
std::string shown(std::string_view text, std::size_t most = kMostShown);

/// The same for a whole message, uncut.
std::string escaped(std::string_view text);

}  // namespace airnn
