// SPDX-License-Identifier: Apache-2.0
#include "sw/report/markdown_text.h"

#include <algorithm>
#include <cctype>
#include <sstream>
#include <string_view>

#include "sw/report/code_span.h"

namespace airnn {

namespace {

bool is_word(const std::string& text, std::size_t at) {
  // Bytes of a longer UTF-8 sequence are taken for letters.
  const auto c = static_cast<unsigned char>(at < text.size() ? text[at] : ' ');
  return std::isalnum(c) != 0 || c >= 0x80;
}

/// An underscore within a word stays one.
bool is_within_word(const std::string& text, std::size_t at) {
  return at > 0 && is_word(text, at - 1) && is_word(text, at + 1);
}

std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
  }));
}

std::string escaped(const std::string& text, bool with_code) {
  constexpr std::string_view kSpecial = "\\`*[]~|$";
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const std::size_t code = with_code ? code_length(text, i) : 0;
    if (code > 0) {
      result += text.substr(i, code);
      i += code - 1;
      continue;
    }
    const bool underscore = c == '_' && !is_within_word(text, i);
    if (c == '&' || c == '<' || c == '>') {
      result += c == '&' ? "&amp;" : c == '<' ? "&lt;" : "&gt;";
      continue;
    }
    if (kSpecial.find(c) != std::string_view::npos || underscore) {
      result += '\\';
    }
    result += c;
  }
  return result;
}

/// The first word of a line that Markdown would take for the sign of a block.
std::string escaped_start(const std::string& word) {
  const std::size_t digits = word.find_first_not_of("0123456789");
  const bool numbered =
      digits != 0 && digits + 1 == word.size() && (word[digits] == '.' || word[digits] == ')');
  if (numbered) {
    return word.substr(0, digits) + "\\" + word.substr(digits);
  }
  const bool sign = word.find_first_not_of("#") == std::string::npos ||
                    word.find_first_not_of("-") == std::string::npos ||
                    word.find_first_not_of("=") == std::string::npos || word == "+";
  return sign ? "\\" + word : word;
}

}  // namespace

std::string markdown_inline(const std::string& text) {
  std::istringstream words(escaped(text, false));
  std::string result;
  for (std::string word; words >> word;) {
    result += (result.empty() ? "" : " ") + word;
  }
  return result;
}

std::string markdown_paragraph(const std::string& text, std::size_t width) {
  std::istringstream words(escaped(text, true));
  std::string result;
  std::size_t used = 0;
  for (std::string word; words >> word;) {
    const std::size_t length = characters(word);
    const bool fits = used > 0 && used + 1 + length <= width;
    if (fits) {
      result += " " + word;
      used += 1 + length;
    } else {
      result += (used > 0 ? "\n" : "") + escaped_start(word);
      used = length;
    }
  }
  return result;
}

}  // namespace airnn
