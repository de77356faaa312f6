// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

namespace airnn {

/// In prose, `a name, number or command` between grave accents is code. How long that is which
/// begins at `at`, both accents included; 0 if none begins there. What holds other signs than those
/// of names, numbers and commands is no code.
std::size_t code_length(const std::string& text, std::size_t at);

}  // namespace airnn
