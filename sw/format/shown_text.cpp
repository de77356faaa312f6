// SPDX-License-Identifier: Apache-2.0
#include "sw/format/shown_text.h"

namespace airnn {

namespace {

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

std::string escape_of(unsigned char c) {
  constexpr const char* kDigits = "0123456789abcdef";
  switch (c) {
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      return {'\\', 'x', kDigits[c >> 4], kDigits[c & 15]};
  }
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string safe;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
    if (c < 0x20 || c == 0x7F) {
      safe += escape_of(c);
    } else if (c == 0xC2 && next >= 0x80 && next < 0xA0) {  // U+0080 to U+009F, terminals obey them
      safe += escape_of(next);
      ++i;
    } else {
      safe += text[i];
    }
  }
  return safe;
}

std::string shown(std::string_view text, std::size_t most) {
  if (text.size() <= most) {
    return escaped(text);
  }
  std::size_t end = most;
  while (end > 0 && continues_character(text[end])) {
    --end;
  }
  return escaped(text.substr(0, end)) + "...";
}

}  // namespace airnn
