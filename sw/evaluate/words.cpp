// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/words.h"

#include <fmt/format.h>

#include <cmath>

namespace airnn {

namespace {

constexpr double kLargestPlain = 1e15;  // every integer below is exact
constexpr double kFirstGrouped = 1000;

std::string grouped(std::string digits) {
  const std::size_t begin = digits[0] == '-' ? 1 : 0;
  for (std::size_t at = digits.size(); at > begin + 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

}  // namespace

std::string number_words(double number) {
  const double size = std::abs(number);
  return size >= kFirstGrouped - 0.5 && size < kLargestPlain
             ? grouped(fmt::format("{:.0f}", number))
             : fmt::format("{:.4g}", number);
}

std::string ratio_words(double ratio) {
  std::string text = fmt::format("{:.3f}", ratio);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') {
    text.pop_back();
  }
  const bool tells = std::abs(ratio) < kFirstGrouped && (text != "0" || ratio == 0);
  return tells ? text : number_words(ratio);
}

std::string percent_words(double share) {
  const std::string text = fmt::format("{:.4g} %", 100 * share);
  // All of them is not what nearly all are.
  return share < 1 && text == "100 %" ? "99.99 %" : text;
}

std::string count_words(std::size_t number, const std::string& one, const std::string& many) {
  return grouped(fmt::format("{}", number)) + " " + (number == 1 ? one : many);
}

std::string list_words(const std::vector<std::string>& names, std::size_t most) {
  const std::size_t shown = names.size() > most ? most - 1 : names.size();
  std::string list;
  for (std::size_t i = 0; i < shown; ++i) {
    const bool last = i + 1 == names.size();
    list += (i == 0 ? "" : last ? " and " : ", ") + names[i];
  }
  return shown < names.size()
             ? list + " and " + count_words(names.size() - shown, "other", "others")
             : list;
}

}  // namespace airnn
