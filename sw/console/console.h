// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace airnn {

/// Writes to standard output and flushes. Throws UserError with the system's reason, so that a
/// full disk behind a redirection is not taken for success.
void print(const std::string& text);

/// Writes to standard error at once; nobody is left to hear if that fails.
void print_error(const std::string& text);

/// `text` without line breaks and other control characters: names and paths come from outside.
std::string one_line(const std::string& text);

}  // namespace airnn
