// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace airnn {

/// Decimal or, with 0x, hexadecimal; nothing else may stand in the text. Empty if it is no integer
/// or exceeds 64 bits. Independent of the locale, like the others.
std::optional<std::int64_t> parse_integer(const std::string& text);

/// A finite decimal number ("0.5", "1e-3", "12").
std::optional<double> parse_real(const std::string& text);

/// "true" or "false" and nothing else.
std::optional<bool> parse_boolean(const std::string& text);

/// The shortest text that parse_real turns into the same number; it always looks like a real
/// number.
std::string real_text(double value);

}  // namespace airnn
