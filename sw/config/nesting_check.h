// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace airnn {

/// Lists and mappings of a YAML text that may lie in each other.
inline constexpr int kMostNested = 100;

/// Refuses a text in which more brackets are open at one place, in one pass over it: a parser keeps
/// all of them before it hands out the first. Brackets in comments and in quotes do not count, nor
/// do those inside the words of a plain value. `origin` stands in the message. Throws ConfigError
/// with the line.
void check_nesting(const std::string& text, const std::string& origin);

}  // namespace airnn
