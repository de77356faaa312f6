// SPDX-License-Identifier: Apache-2.0
#include "sw/model/layer_namer.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

#include "sw/format/unit_names.h"

namespace airnn {

namespace {

/// What stands where layers' names stand, beside the units: sums over all layers, and the words of
/// `--always-loaded` and `--clusters`.
constexpr std::array kReserved = {"total",     "(all)",     "first", "last",
                                  "pointwise", "depthwise", "none",  "elbow"};

/// Bytes of the UTF-8 sequence at `at` that stands for a character that can be shown; 0 if there is
/// none.
std::size_t shown_bytes(const std::string& text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(at);
  if (first < 0x80) {
    return first < 0x20 || first == 0x7F ? 0 : 1;
  }
  const std::size_t size = first >= 0xF0 ? 4 : (first >= 0xE0 ? 3 : 2);
  if (first < 0xC2 || first > 0xF4 || at + size > text.size()) {
    return 0;
  }
  std::uint32_t code = first & (0xFFU >> (size + 1));
  for (std::size_t i = at + 1; i < at + size; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) {
      return 0;
    }
    code = code << 6 | (byte(i) & 0x3FU);
  }
  const bool is_overlong = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
  const bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
  const bool is_control = code < 0xA0 || code == 0x2028 || code == 0x2029;
  return is_overlong || is_surrogate || is_control || code > 0x10FFFF ? 0 : size;
}

/// The first `bytes` bytes, less what would be half a character.
std::string cut(const std::string& text, std::size_t bytes) {
  if (text.size() <= bytes) {
    return text;
  }
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80) {
    --bytes;
  }
  return text.substr(0, bytes);
}

/// FNV-1a: tells apart what was cut.
std::string digest(const std::string& text) {
  std::uint32_t hash = 2166136261U;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  }
  char digits[16];
  std::snprintf(digits, sizeof digits, "~%08x", hash);
  return digits;
}

}  // namespace

std::string printable(const std::string& text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = shown_bytes(text, at);
    result += bytes == 0 ? "_" : text.substr(at, bytes);
    at += std::max<std::size_t>(bytes, 1);
  }
  return result;
}

LayerNamer::LayerNamer() {
  given_.insert(kReserved.begin(), kReserved.end());
  given_.insert(kUnitNames.begin(), kUnitNames.end());
}

std::string LayerNamer::name(const std::string& wish) {
  std::string base = printable(wish);
  std::string reason;
  if (base != wish) {
    reason = "it has characters that cannot be shown";
  }
  if (base.find(',') != std::string::npos) {
    std::replace(base.begin(), base.end(), ',', '_');
    reason = "options separate layers by commas";
  }
  if (base.empty()) {
    base = "layer";
    reason = "it is empty";
  }
  if (base.size() > kLongestLayerName) {
    const std::string suffix = digest(wish);
    base = cut(base, kLongestLayerName - suffix.size()) + suffix;
    reason = "it is longer than " + std::to_string(kLongestLayerName) + " bytes";
  }
  std::string candidate = base;
  for (int i = 2; !given_.insert(candidate).second; ++i) {
    const std::string suffix = "#" + std::to_string(i);
    candidate = cut(base, kLongestLayerName - suffix.size()) + suffix;
  }
  if (candidate != base) {
    const bool is_reserved = is_unit_name(base) ||
                             std::find(kReserved.begin(), kReserved.end(), base) != kReserved.end();
    reason = is_reserved ? "it is a word of results or options" : "another layer is called so";
  }
  if (candidate != wish) {
    renamed_.push_back({cut(printable(wish), kLongestLayerName), candidate, reason});
  }
  return candidate;
}

}  // namespace airnn
