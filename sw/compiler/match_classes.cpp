// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/match_classes.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "sw/format/errors.h"

namespace airnn {

namespace {

constexpr int kMostBits = 31;
constexpr const char* kSignificant = "significant:";
constexpr const char* kFixed = "fixed:";

}  // namespace

int MatchClasses::free_bits(std::int32_t activation) const {
  if (kind == Kind::fixed) {
    return bits;
  }
  const auto magnitude = static_cast<std::uint32_t>(activation >= 0 ? activation : ~activation);
  const int leading = magnitude == 0 ? 0 : 31 - __builtin_clz(magnitude);
  return std::max(0, leading - bits);
}

MatchClasses parse_match_classes(const std::string& flag, const std::string& text) {
  MatchClasses classes;
  const std::string kind = text.substr(0, text.find(':') + 1);
  classes.kind = kind == kFixed ? MatchClasses::Kind::fixed : MatchClasses::Kind::significant;
  const char* const begin = text.data() + kind.size();
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(begin, end, classes.bits);
  if ((kind != kSignificant && kind != kFixed) || begin == end || read.ec != std::errc() ||
      read.ptr != end || classes.bits < 0 || classes.bits > kMostBits) {
    throw UserError(fmt::format(
        "{}: '{}'; expected significant:T or fixed:N with 0 to {} bits, such as significant:1",
        flag, text, kMostBits));
  }
  return classes;
}

std::string match_classes_text(const MatchClasses& classes) {
  return (classes.kind == MatchClasses::Kind::fixed ? kFixed : kSignificant) +
         std::to_string(classes.bits);
}

}  // namespace airnn
