// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace airnn {

/// Which activations one row of an associative memory stands for: those that differ in low bits
/// only, which are free.
struct MatchClasses {
  enum class Kind : std::uint8_t {
    significant,  ///< all but so many bits behind the leading one, as in a float
    fixed,        ///< so many bits
  };
  Kind kind = Kind::significant;
  int bits = 1;

  int free_bits(std::int32_t activation) const;
};

/// `significant:1` or `fixed:4`. Throws UserError that begins with the flag.
MatchClasses parse_match_classes(const std::string& flag, const std::string& text);
std::string match_classes_text(const MatchClasses& classes);

}  // namespace airnn
