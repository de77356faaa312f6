// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace airnn {

/// A text as one word that a shell reads, in quotation marks if it needs them.
std::string shell_word(const std::string& text);

}  // namespace airnn
